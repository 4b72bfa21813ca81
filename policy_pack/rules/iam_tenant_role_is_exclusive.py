"""What somebody attaches to a tenant's role by hand stays there, unless the stack owns all attachments of the role.

One resource lists the managed policies and one the inline ones, of which there are none.

Source: Pulumi registry, aws.iam.RolePolicyAttachmentsExclusive and aws.iam.RolePoliciesExclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exclusive_lists import INLINE, MANAGED, PATHS, ROLE, each_lists_all
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import is_tenants_role

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

SINGLE = ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/rolePolicy:RolePolicy")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each tenant's role whose policies are not listed exclusively, once each way."""
    path = str(options["tenantPath"])
    yield from each_lists_all(stack, lambda role: is_tenants_role(role, path), SINGLE, _lists_none)


def _lists_none(_role: Resource, listed: Resource) -> Findings:
    names = as_registered(listed).read("policyNames")
    if names.unknown:
        yield Undecided(names, listed.urn)
    elif names.given:
        yield Violation("policyNames leaves inline policies on a tenant's role", listed.urn)


RULE = Rule(
    id="iam-tenant-role-is-exclusive",
    title="All policies of a tenant role are listed exclusively, inline ones none",
    kind=Kind.STACK,
    types=(ROLE, MANAGED, INLINE, *SINGLE),
    paths=(
        *PATHS,
        "RolePoliciesExclusive:policyNames",
        "RolePolicyAttachment:role",
        "RolePolicy:role",
        "Role:path",
        "Role:tags",
    ),
    severity=Severity.HIGH,
    remediation="Give the role one RolePolicyAttachmentsExclusive and one RolePoliciesExclusive without names.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicyattachmentsexclusive/",
    options={"tenantPath": text("/tenants/")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
