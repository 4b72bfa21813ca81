"""The administrators' policies of AWS undo every other rule for whoever carries them.

Source: AWS Security Hub, control IAM.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each attachment of a forbidden policy to a principal that is not listed."""
    for found in attachments.policies(resource):
        if found.unknown:
            yield Undecided(found)
        elif attachments.names(found, options.texts("policies")) and not _listed(resource, options):
            yield Violation(f"{found.where} attaches a policy of administrators")


def _listed(resource: Resource, options: Options) -> bool:
    """Return whether everybody that the policy is attached to is listed; a principal that is not known is not."""
    principals = attachments.principals(resource)
    return bool(principals) and all(one.value in options.texts("allowedPrincipals") for one in principals)


RULE = Rule(
    id="iam-attachment-avoids-administrator-access",
    title="Administrator policies are attached to nobody but listed principals",
    kind=Kind.RESOURCE,
    types=tuple(attachments.PATHS),
    paths=attachments.LABELS,
    severity=Severity.CRITICAL,
    remediation="Use a role with the actions that operators need.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
    frameworks=(
        "CKV_AWS_274",
        "CKV2_AWS_56",
        "prowler iam_role_administratoraccess_policy",
        "prowler iam_user_administrator_access_policy",
        "prowler iam_group_administrator_access_policy",
    ),
    options={
        "policies": texts("AdministratorAccess", "PowerUserAccess", "IAMFullAccess"),
        "allowedPrincipals": texts(),
    },
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
