"""What the statements about data and keys ask beyond the other tables, under their numbers.

S0-A6 speaks of the workbench's execution role: until Studio is offered that is the role of the notebook.
"""

from __future__ import annotations

from tests.components.documents.calls import foreign_s3, key_use, listing, s3
from tests.components.documents.people import ANN
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    CURATOR,
    DEPLOYER,
    EMERGENCY_ROLE,
    KEYS,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, GUARDRAILS, BOUNDARY, BUCKET = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
OUTSIDE, PLAIN = (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT), {"aws:SecureTransport": False}
VERBS = ("GetObject", "PutObject", "DeleteObject")
OWN, ALL_KEYS = "users/alice/x", (*KEYS, "tenant/alice")

WORKBENCH = (
    allowed(
        "S0-A6 the workbench reads, writes and lists the own prefix, in",
        ALICE,
        *(s3(action, "results", OWN) for action in ("GetObject", "PutObject")),
        listing("users/alice/"),
    ),
    *(
        refused(f"S0-A6 {action} on another prefix", ALICE, s3(action, "results", "users/bob/x"), by=(GRANTS, BUCKET))
        for action in ("GetObject", "PutObject")
    ),
    refused("S0-A6 another prefix is listed", ALICE, listing("users/bob/"), by=(GRANTS, BUCKET)),
    *(
        refused(f"S0-A6 {action} on another bucket of the account", ALICE, ask, by=(GRANTS, BOUNDARY))
        for action, ask in (
            ("GetObject", Ask("s3:GetObject", "arn:aws:s3:::other/users/alice/x")),
            ("PutObject", Ask("s3:PutObject", "arn:aws:s3:::other/users/alice/x")),
            ("ListBucket", Ask("s3:ListBucket", "arn:aws:s3:::other", {"s3:prefix": "users/alice/"})),
        )
    ),
    refused(
        "S0-A6 PutObject on a stranger's bucket",
        ALICE,
        foreign_s3("PutObject", OWN),
        by=(GRANTS, GUARDRAILS, BOUNDARY, Lock.ENDPOINT),
    ),
    *(
        refused(f"S0-A6 {ask.action} on the own prefix, {way.value}", ALICE, ask, by=(GUARDRAILS, BUCKET))
        for way in OUTSIDE
        for ask in (
            s3("GetObject", "results", OWN, via=way),
            s3("PutObject", "results", OWN, via=way),
            listing("users/alice/", via=way),
        )
    ),
    *(
        refused(f"S0-A6 {ask.action} on the own prefix over HTTP", ALICE, ask, by=(BUCKET,))
        for ask in (
            s3("GetObject", "results", OWN, PLAIN),
            s3("PutObject", "results", OWN, PLAIN),
            s3("ListBucket", "results", None, {"s3:prefix": "users/alice/", **PLAIN}),
        )
    ),
)

ENGINEERS = (
    *(
        refused(f"S1-A2 {action} on raw data", who, s3(action, "raw", "x", via=way), by=(GRANTS, BOUNDARY, BUCKET))
        for who, way, actions in (
            (ALICE, Via.OWN_ENDPOINT, ("PutObjectAcl",)),
            (
                ALICE_JOB,
                Via.NO_ENDPOINT,
                ("PutObject", "DeleteObject", "DeleteObjectVersion", "PutObjectAcl", "PutObjectTagging"),
            ),
        )
        for action in actions
    ),
    allowed("S1-A3 the own results are listed, in", ALICE, listing("users/alice/")),
    *(
        refused(f"S1-A3 {action} on an own result", ALICE, s3(action, "results", OWN), by=(GRANTS, BOUNDARY, BUCKET))
        for action in ("PutObjectAcl", "BypassGovernanceRetention")
    ),
    refused(
        "S1-A3 PutBucketPolicy on results",
        ALICE,
        s3("PutBucketPolicy", "results"),
        by=(GRANTS, GUARDRAILS, BOUNDARY, BUCKET),
    ),
    *(
        refused(f"S1-A5 {action} on results, {way.value}", ALICE, s3(action, "results", OWN, via=way))
        for action in VERBS
        for way in OUTSIDE
    ),
    *(
        refused(f"S1-A5 {action} on raw data, {way.value}", CURATOR, s3(action, "raw", "x", via=way))
        for action in VERBS
        for way in OUTSIDE
    ),
    *(
        refused(f"S1-A5 {ask.action} on {ask.resource} over HTTP", who, ask, by=(BUCKET,))
        for who, ask in (
            *((ALICE, s3(action, "results", OWN, PLAIN)) for action in VERBS),
            (ALICE, s3("ListBucket", "raw", None, PLAIN)),
            *((CURATOR, s3(action, "raw", "x", PLAIN)) for action in VERBS),
            (CURATOR, s3("ListBucket", "results", None, PLAIN)),
            (CURATOR, s3("GetObject", "results", OWN, PLAIN)),
        )
    ),
)

EVERY_KEY = (
    *(
        allowed(f"S3-A9 who manages changes the policy of the {key} key", who, key_use("PutKeyPolicy", None, key=key))
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for key in ALL_KEYS
    ),
    *(
        refused(
            f"S3-A9 a person, {action} on the {key} key",
            ANN,
            key_use(action, None, key=key),
            by=(GRANTS, GUARDRAILS, BOUNDARY, Lock.RESOURCE),
        )
        for action in ("PutKeyPolicy", "ScheduleKeyDeletion")
        for key in ALL_KEYS
    ),
    refused(
        "S3-A9 a tenant schedules the deletion of its own key",
        ALICE,
        key_use("ScheduleKeyDeletion", None, key="tenant/alice"),
        by=(GRANTS, GUARDRAILS, BOUNDARY, Lock.RESOURCE),
    ),
)

ROWS = (*WORKBENCH, *ENGINEERS, *EVERY_KEY)
