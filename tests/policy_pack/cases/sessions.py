"""Cases of the rules about documents of Systems Manager."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown
from tests.policy_pack.machine_baselines import document

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

LOGGED = {"cloudWatchLogGroupName": "/ml-dev/sessions", "cloudWatchEncryptionEnabled": True, "kmsKeyId": "alias/k"}


def session(**changes: Any) -> PackResource:
    """A session document that opens a shell."""
    return document(content=json.dumps({"schemaVersion": "1.0", "sessionType": "Standard_Stream", **changes}))


CASES: dict[str, list[Case]] = {
    "ssm-document-is-private": [
        passes("shared with nobody", document()),
        passes(
            "a listed account",
            document(permissions={"type": "Share", "accountIds": "444455556666"}),
            options={"partnerAccounts": ["444455556666"]},
        ),
        fails("everybody", "permissions shares", document(permissions={"type": "Share", "accountIds": "All"})),
        fails(
            "one of two is listed",
            "permissions shares",
            document(permissions={"type": "Share", "accountIds": "444455556666,777788889999"}),
            options={"partnerAccounts": ["444455556666"]},
        ),
        fails("no accounts named", "permissions shares", document(permissions={"type": "Share"})),
        fails(
            "everybody, by the other spelling",
            "permissions shares",
            document(permissions={"type": "Share", "account_ids": "All"}),
        ),
        passes(
            "a listed account, by the other spelling",
            document(permissions={"type": "Share", "account_ids": "444455556666"}),
            options={"partnerAccounts": ["444455556666"]},
        ),
        absent("private", None, document(permissions=ABSENT)),
        unknown("it must be known", "permissions is not known", document(permissions=UNKNOWN)),
    ],
    "ssm-session-document-is-recorded": [
        passes("a port", document()),
        passes("a shell that is recorded", session(inputs=LOGGED)),
        passes(
            "a shell that is recorded in a bucket",
            session(inputs={"s3BucketName": "b", "s3EncryptionEnabled": True, "kmsKeyId": "k"}),
        ),
        passes("no session", document(documentType="Command", content="{}")),
        fails("a shell without a record", "records its sessions nowhere", session(inputs={"kmsKeyId": "alias/k"})),
        fails(
            "a record that may be plain",
            "nowhere encrypted",
            session(inputs={**LOGGED, "cloudWatchEncryptionEnabled": False}),
        ),
        fails("commands too", "nowhere encrypted", session(sessionType="InteractiveCommands", inputs={})),
        fails(
            "nowhere, though encrypted", "nowhere encrypted", session(inputs={**LOGGED, "cloudWatchLogGroupName": ""})
        ),
        fails("no kind of session", "content is no JSON of a session document", document(content="{}")),
        fails("no key", "kmsKeyId is absent", session(inputs={**LOGGED, "kmsKeyId": ""})),
        fails("no JSON", "content is no JSON of a session document", document(content="sessionType: Port")),
        absent("nothing is said", "nowhere encrypted", session()),
        absent("an absent type is no session", None, document(documentType=ABSENT, content="{}")),
        unknown("it is judged at the update", None, document(content=UNKNOWN), deferred=("content",)),
        unknown("at the update it must be known", "content is not known", document(content=UNKNOWN), update=True),
        unknown("the type must be known", "documentType is not known", document(documentType=UNKNOWN)),
    ],
}
