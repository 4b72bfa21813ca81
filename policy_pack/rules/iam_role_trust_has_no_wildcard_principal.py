"""A role that everybody may assume belongs to everybody, in every account of AWS.

A condition is no excuse: a principal that is named is one that can be reviewed.

Source: IAM User Guide, "AWS JSON policy elements: Principal", all principals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow of the trust policy that names a wildcard."""
    for held, statement in documents.statements(role, Holder.TRUST):
        if statement.allows and statement.names_anybody:
            yield Violation(f"{held.where}: {statement.label} trusts everybody")


RULE = Rule(
    id="iam-role-trust-has-no-wildcard-principal",
    title="No trust policy names everybody",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy",),
    severity=Severity.CRITICAL,
    remediation="Name the service or the principals that may assume the role.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    frameworks=(
        "CKV_AWS_60",
        "prowler iam_no_custom_policy_permissive_role_assumption",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
