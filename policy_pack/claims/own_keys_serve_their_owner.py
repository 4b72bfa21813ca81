"""A key for each tenant is worth its price if two locks keep the others out: the key's policy, and everybody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import OWNER, keys_for, own_keys, tenants_of
from claim import Claim, Kind, Question

from claims.no_tenant_uses_foreign_keys import USES
from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask of each lock by itself for a use of a tenant's key by another.

    By the key's policy: of every principal of the account without the owner's tag, whatever else it carries. By each
    tenant's own policies: of its identities, with the tag that names the key, as if every key admitted them.
    """
    others = OtherThan(*stack_config.deployer())
    for owner, key in own_keys(stack).items():
        of_another = {OWNER: OtherThan(owner).or_missing()}
        query = Query(USES, key, principals=others, tags=of_another, sentence=f"uses the key of {owner}")
        yield Question(identity=None, query=query, inside=True, tenant=owner)
    for owner, identity in tenants_of(stack):
        foreign = Like("*").but(*keys_for(stack, owner))
        query = Query(USES, foreign, sentence="may by its own policies use a key that is not its own")
        yield Question(identity=identity, query=query, alone=True)


CLAIM = Claim(
    id="own-keys-serve-their-owner",
    sentence="Another tenant's key is kept from a tenant twice: by the key's policy and by the tenant's own policies.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("the deployer, who makes notebooks and asks for their grants, decrypts nothing: another claim",),
    partner="each-tenant-uses-its-keys",
)
