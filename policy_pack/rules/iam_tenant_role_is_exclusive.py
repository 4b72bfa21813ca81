"""What somebody attaches to a tenant's role by hand stays there, unless the stack owns all attachments of the role.

One resource lists the managed policies and one the inline ones, of which there are none; both remove the rest at the
next update. Single attachments beside them would be removed and made again in turn.

Source: Pulumi registry, aws.iam.RolePolicyAttachmentsExclusive and aws.iam.RolePoliciesExclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, text
from siblings import find
from tags import is_tenants_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resources import Resource, Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
MANAGED = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
INLINE = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
SINGLE = ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/rolePolicy:RolePolicy")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each tenant's role whose policies are not listed exclusively, once each way."""
    lists = [find(stack, (ROLE,), (kind,), "roleName") for kind in (MANAGED, INLINE)]
    single = find(stack, (ROLE,), SINGLE, "role")
    for role in single.parents:
        if is_tenants_role(role, str(options["tenantPath"])):
            for found, kind in zip(lists, (MANAGED, INLINE), strict=True):
                yield from _listed_once(role, found.of[role.urn], kind.rsplit(":", 1)[-1])
            for one in single.of[role.urn]:
                yield Violation(f"a {one.type.rsplit(':', 1)[-1]} stands beside the lists of the role", one.urn)
    for found in (*lists, single):
        for one in found.unattributed:
            yield Undecided(one.read("role" if one.type in SINGLE else "roleName"), one.urn)


def _listed_once(role: Resource, lists: Sequence[Resource], kind: str) -> Findings:
    if len(lists) != 1:
        yield Violation(f"{len(lists)} resources of the kind {kind} list the role's policies, not one", role.urn)
    for one in lists:
        names = as_registered(one).read("policyNames")
        if names.unknown:
            yield Undecided(names, one.urn)
        elif names.given:
            yield Violation("policyNames leaves inline policies on a tenant's role", one.urn)


RULE = Rule(
    id="iam-tenant-role-is-exclusive",
    title="All policies of a tenant role are listed exclusively, inline ones none",
    kind=Kind.STACK,
    types=(ROLE, MANAGED, INLINE, *SINGLE),
    paths=(
        "RolePolicyAttachmentsExclusive:roleName",
        "RolePoliciesExclusive:roleName",
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
