"""A role that may be assumed is worth as much as all its rights; a session tag would give it another owner.

One road is excepted, named at both ends: where models are deployed by a role, a tenant's users in the group for it
take on the role of their own tenant, by `sts:AssumeRole` alone. `deployments-have-named-people` holds that road.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import deployment_roles, deploys_by_role, is_deployer, tenants_of
from claim import Claim, Kind, Question, Remark

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


BECOMING = ("sts:AssumeRole*", "sts:TagSession", "sts:SetSourceIdentity", "sts:GetFederationToken", "sts:AssumeRoot")


EXCEPTED = Remark(text="Excepted: users in mlops take on the deployment role of their tenant, and no other.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of each tenant's identity, for any role that it may assume, and for sessions of another kind."""
    roles = tuple(identity for identity in stack.identities if identity.is_role and identity.trust)
    own = deployment_roles(stack) if deploys_by_role() else {}
    for owner, identity in tenants_of(stack):
        others, sentence = Query(BECOMING, sentence="becomes somebody else"), "becomes its deployment role otherwise"
        if owner in own and not identity.is_role and is_deployer(identity):
            yield EXCEPTED
            arn = own[owner].principal.arn or ""
            others = Query(BECOMING, Like("*").but(arn), sentence=others.sentence)
            beside = Query(BECOMING, arn, but=("sts:AssumeRole",), sentence=sentence)
            yield Question(identity=identity, query=beside, roles=roles)
        yield Question(identity=identity, query=others, roles=roles)


CLAIM = Claim(
    id="no-tenant-becomes-somebody-else",
    sentence="No tenant assumes a role, its own included, and none gives a session tags.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
