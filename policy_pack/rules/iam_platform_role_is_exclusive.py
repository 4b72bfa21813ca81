"""What somebody attaches to a role of the platform by hand stays there, and with it a service or an operator gains it.

The roles that write records, stop budgets, serve the bastion or repair in an emergency may do one thing each. One
resource lists their managed policies and one the inline ones: exactly those that the stack gives them.

Source: Pulumi registry, aws.iam.RolePolicyAttachmentsExclusive and aws.iam.RolePoliciesExclusive.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exclusive_lists import INLINE, MANAGED, PATHS, ROLE, each_lists_all
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from siblings import find
from tags import KEY, PLATFORM, own_tags

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options
    from siblings import Siblings

SINGLE, POLICY = "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/rolePolicy:RolePolicy"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each role of the platform whose policies are not listed exclusively, once each way."""
    exempt = options.texts("exemptRoles")
    held = find(stack, (ROLE,), (POLICY,), "role")
    yield from each_lists_all(
        stack,
        lambda role: role.name not in exempt and own_tags(role).value(KEY).value == PLATFORM,
        (SINGLE,),
        partial(_lists_its_own, held),
    )


def _lists_its_own(held: Siblings, role: Resource, listed: Resource) -> Findings:
    """Yield a finding for each inline policy that only the list knows, or only the stack."""
    names = [as_registered(one).read("name") for one in held.of[role.urn]]
    told = as_registered(listed).read("policyNames")
    if told.unknown:
        yield Undecided(told, listed.urn)
        return
    stays = {str(name) for name in told.value or ()}
    for one, name in zip(held.of[role.urn], names, strict=True):
        if not name.present:
            yield Violation("an inline policy without a name of its own cannot be listed", one.urn)
        elif name.value not in stays:
            yield Violation("policyNames leaves out an inline policy of the stack, so each update removes it", one.urn)
    if stays - {str(name.value) for name in names}:
        yield Violation("policyNames leaves inline policies that are none of this stack", listed.urn)


RULE = Rule(
    id="iam-platform-role-is-exclusive",
    title="All policies of a role of the platform are listed exclusively, inline ones by the stack's own",
    kind=Kind.STACK,
    types=(ROLE, MANAGED, INLINE, SINGLE, POLICY),
    paths=(
        *PATHS,
        "RolePoliciesExclusive:policyNames",
        "RolePolicyAttachment:role",
        "RolePolicy:role",
        "RolePolicy:name",
        "Role:tags",
    ),
    severity=Severity.HIGH,
    remediation=(
        "Give the role one RolePolicyAttachmentsExclusive, and one RolePoliciesExclusive with the names of its inline "
        "policies in this stack."
    ),
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepoliciesexclusive/",
    options={"exemptRoles": texts(description="logical names of roles that others own")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
