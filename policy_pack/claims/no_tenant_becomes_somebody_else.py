"""A role that may be assumed is worth as much as all its rights; a session tag would give it another owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


BECOMING = ("sts:AssumeRole*", "sts:TagSession", "sts:SetSourceIdentity", "sts:GetFederationToken", "sts:AssumeRoot")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any role that it may assume, and for sessions of another kind."""
    roles = tuple(identity for identity in stack.identities if identity.is_role and identity.trust)
    for _owner, identity in tenants_of(stack):
        query = Query(BECOMING, sentence="becomes somebody else")
        yield Question(identity=identity, query=query, roles=roles)


CLAIM = Claim(
    id="no-tenant-becomes-somebody-else",
    sentence="No tenant assumes a role, its own included, and none gives a session tags.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
