"""Lists that own all policies of a role: what somebody attaches beside them goes at the next update.

One resource lists the managed policies and one the inline ones. Single attachments beside them would be removed and
made again in turn.

Source: Pulumi registry, aws.iam.RolePolicyAttachmentsExclusive and aws.iam.RolePoliciesExclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Undecided, Violation
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resources import Resource, Stack
    from rule import Findings

ROLE = "aws:iam/role:Role"
MANAGED = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
INLINE = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
PATHS = ("RolePolicyAttachmentsExclusive:roleName", "RolePoliciesExclusive:roleName")


def each_lists_all(
    stack: Stack,
    wanted: Callable[[Resource], bool],
    singles: Sequence[str],
    judge: Callable[[Resource, Resource], Findings],
) -> Findings:
    """Yield a finding for each wanted role without exactly one list each way, and for what stands beside them.

    `singles` are the types that may not stand beside the lists; `judge` finds what is wrong with a role's list of
    inline policies.
    """
    lists = {kind: find(stack, (ROLE,), (kind,), "roleName") for kind in (MANAGED, INLINE)}
    single = find(stack, (ROLE,), singles, "role")
    for role in filter(wanted, single.parents):
        for kind, found in lists.items():
            own = found.of[role.urn]
            if len(own) != 1:
                name = kind.rsplit(":", 1)[-1]
                yield Violation(f"{len(own)} resources of the kind {name} list the role's policies, not one", role.urn)
        for one in lists[INLINE].of[role.urn]:
            yield from judge(role, one)
        for one in single.of[role.urn]:
            yield Violation(f"a {one.type.rsplit(':', 1)[-1]} stands beside the lists of the role", one.urn)
    for found, path in (*((each, "roleName") for each in lists.values()), (single, "role")):
        for one in found.unattributed:
            yield Undecided(one.read(path), one.urn)
