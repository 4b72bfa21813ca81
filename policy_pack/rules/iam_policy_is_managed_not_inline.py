"""An inline policy is one more copy that a review of the managed policies does not see.

An exclusive list of inline policies that is empty removes what somebody added by hand, and is fine.

Source: IAM User Guide, "Managed policies and inline policies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Level, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

KINDS = {
    "aws:iam/rolePolicy:RolePolicy": ("Role", "policy"),
    "aws:iam/groupPolicy:GroupPolicy": ("Group", "policy"),
    "aws:iam/userPolicy:UserPolicy": ("User", "policy"),
    "aws:iam/role:Role": ("Role", "inlinePolicies"),
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": ("Role", "policyNames"),
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": ("Group", "policyNames"),
}


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for an inline policy of a kind of principal that is not listed."""
    kind, path = KINDS[resource.type]
    if kind not in options.texts("allowInlineOn") and resource.read(path).given:
        yield Violation(f"{path} gives an inline policy to a {kind.lower()}")


RULE = Rule(
    id="iam-policy-is-managed-not-inline",
    title="Inline policies are used only where the platform decided so",
    kind=Kind.RESOURCE,
    types=tuple(KINDS),
    paths=(
        "RolePolicy:policy",
        "GroupPolicy:policy",
        "UserPolicy:policy",
        "Role:inlinePolicies",
        "RolePoliciesExclusive:policyNames",
        "GroupPoliciesExclusive:policyNames",
    ),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Use one managed policy with the principal tag as variable for all tenants.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    frameworks=("Config IAM_NO_INLINE_POLICY_CHECK",),
    options={"allowInlineOn": texts("Role")},
    validate=validate,
)
