"""Whoever makes keys, passwords or devices for another user becomes that user.

Looking at keys, switching them off and taking a password away makes nobody somebody else, and is not judged. A first
password, which IAM gives only to a user without one, may be given by the listed statements.

Source: IAM User Guide, "IAM: Allows IAM users to manage their own credentials".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import arn, inside
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

BECOME = tuple(
    f"iam:{name}"
    for name in (
        "CreateAccessKey",
        "CreateLoginProfile",
        "UpdateLoginProfile",
        "ChangePassword",
        "EnableMFADevice",
        "DeactivateMFADevice",
        "ResyncMFADevice",
        "CreateServiceSpecificCredential",
        "ResetServiceSpecificCredential",
        "UploadSSHPublicKey",
        "UploadSigningCertificate",
    )
)
FIRST = "iam:CreateLoginProfile"
OWN = "user/${aws:username}"
OWN_BELOW_A_PATH = "user/*/${aws:username}"


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each grant of making credentials for others."""
    if _is_ceiling(policy, options):
        return
    for held, statement in documents.statements(policy, Holder.IDENTITY):
        spared = {FIRST} if statement.sid in options.texts("firstPasswordSids") else set()
        granted = [
            action for action in BECOME if statement.allows and statement.covers(action) and action not in spared
        ]
        if granted and not _only_oneself(statement):
            yield Violation(f"{held.where}: {statement.label} allows {granted[0]} on others than {OWN}")


def _is_ceiling(policy: Resource, options: Options) -> bool:
    """Return whether a document is a boundary, which grants nothing."""
    return any(documents.matches(one, str(policy.read("name").value)) for one in options.texts("ceilings"))


def _only_oneself(statement: Statement) -> bool:
    return bool(statement.resources) and all(_is_oneself(one) for one in statement.resources)


def _is_oneself(text: str) -> bool:
    found = arn(text)
    return found is not None and inside().owns(text, service="iam") and found.resource in (OWN, OWN_BELOW_A_PATH)


RULE = Rule(
    id="iam-self-service-names-own-user",
    title="Self-service of credentials is limited to one's own user",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=(*places.paths_of(Holder.IDENTITY), "iam/policy:name"),
    severity=Severity.CRITICAL,
    remediation="Limit the resource to user/${aws:username}.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam_credentials_console.html",
    frameworks=("CKV_AWS_286", "prowler iam_policy_allows_privilege_escalation"),
    options={"ceilings": texts("*-boundary", "*-break-glass"), "firstPasswordSids": texts("FirstPassword")},
    seed=("S4",),
    mirrored_by=("SCP",),
    validate=validate,
)
