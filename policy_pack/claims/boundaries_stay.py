"""A boundary that somebody can take off bounds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of, users_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


LOOSENING = (
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteRolePermissionsBoundary",
    "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "iam:DeletePolicy",
    "iam:UpdateAssumeRolePolicy",
)
BINDING = ("iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary", "iam:CreateUser", "iam:CreateRole")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of everybody, for taking a boundary off or changing it, and for binding by another or by none."""
    ours = sorted({f"*policy/{policy}" for policy in boundaries(stack)})
    without = {"iam:PermissionsBoundary": OtherThan(*ours).or_missing()}
    everybody = {identity.urn: identity for identity in (*users_of(stack), *(one for _, one in tenants_of(stack)))}
    for identity in everybody.values():
        yield Question(identity=identity, query=Query(LOOSENING, sentence="changes or removes a boundary"))
        query = Query(BINDING, context=without, sentence="binds somebody by another boundary, or by none")
        yield Question(identity=identity, query=query)


def boundaries(stack: StackPolicies) -> set[str]:
    """Return the physical names of the stack's boundaries, as ARNs end."""
    managed = stack.stack.of_type("aws:iam/policy:Policy")
    bound = {identity.boundary.name for identity in stack.identities if identity.boundary}
    return {str(policy.read("name").value) for policy in managed if policy.name in bound}


CLAIM = Claim(
    id="boundaries-stay",
    sentence="Nobody takes a boundary off, changes one, or makes an identity without one of the platform's.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="people-enroll-themselves",
)
