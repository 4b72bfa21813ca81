"""Which policies of this stack a role carries: beside it, inside it, and managed ones by whatever attachment.

Source: Pulumi registry, aws.iam; IAM User Guide, "Managed policies and inline policies".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts import inside
from attachments import PATHS
from origins import Origins
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Reading
    from resources import Resource, Stack

ROLE, POLICY = "aws:iam/role:Role", "aws:iam/policy:Policy"
INLINE = "aws:iam/rolePolicy:RolePolicy"
SINGLE = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
EXCLUSIVE = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
TYPES = (ROLE, POLICY, INLINE, SINGLE, EXCLUSIVE)
LABELS = (
    "RolePolicy:role",
    "RolePolicy:policy",
    "RolePolicyAttachment:role",
    "RolePolicyAttachment:policyArn",
    "RolePolicyAttachmentsExclusive:roleName",
    "RolePolicyAttachmentsExclusive:policyArns[]",
    "Role:managedPolicyArns[]",
    "Role:inlinePolicies[].policy",
    "iam/policy:policy",
    "iam/policy:name",
    "iam/policy:path",
)


@dataclass(frozen=True)
class Carried:
    """What one role carries.

    `holders` are the resources that hold its documents, the role itself among them; `untold` are attached policies of
    which nobody knows yet which they are. Policies of others are none of them: another rule lists those.
    """

    role: Resource
    holders: tuple[Resource, ...]
    untold: tuple[Reading, ...]


def carried(stack: Stack) -> Iterator[Carried]:
    """Yield each role of the stack with what it carries."""
    policies = Origins(stack, POLICY)
    by_arn = {f"policy{one.read('path').value or '/'}{one.read('name').value}": one for one in stack.of_type(POLICY)}
    inline = find(stack, (ROLE,), (INLINE,), "role")
    attached = [find(stack, (ROLE,), (SINGLE,), "role"), find(stack, (ROLE,), (EXCLUSIVE,), "roleName")]
    for role in inline.parents:
        holders: list[Resource] = [role, *inline.of[role.urn]]
        untold: list[Reading] = []
        for one in (role, *(each for found in attached for each in found.of[role.urn])):
            found = policies.of(one, PATHS[one.type])
            holders += found.resources
            holders += [by_arn[name] for each in found.foreign if (name := _own_name(each)) in by_arn]
            untold += found.untold
        yield Carried(role, tuple({holder.urn: holder for holder in holders}.values()), tuple(untold))


def _own_name(found: Reading) -> str:
    text = str(found.value)
    return text.split(":", 5)[-1] if inside().owns(text, service="iam") else ""
