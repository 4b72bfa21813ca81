"""The deployment role is the one role that people take on for everyday work: it must be nobody's but its people's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import OWNER, deployment_roles, deploys_by_role, endpoints_of, everything, is_deployer, owner_of, users_of
from claim import Claim, Kind, Question, Remark
from identities import Identity

from iamproof import Equals, OtherThan, Principal, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies

    from iamproof import Values

ELSEWHERE = Remark(text="No stage with approval: people deploy, and there is no such role.")
FEDERATED = Remark(text="Federated: the trust of each role lists the subjects; the provider signs them in.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, for each deployment role, whom its trust lets in beside its people, and how its people may come.

    Asked are a user that holds every right and the tenant's tag, each identity of the platform, and the people of the
    tenant: who approves in any way, who deploys without a recent second factor or from outside. That identities of
    other tenants take it on, `no-tenant-becomes-somebody-else` asks.
    """
    roles = deployment_roles(stack)
    if not deploys_by_role():
        yield ELSEWHERE
    trusts = tuple(roles.values())
    arns = tuple(role.principal.arn or "" for role in trusts)
    for owner, role in roles.items():
        query = Query("sts:AssumeRole", role.principal.arn or "", sentence="deploys without being named")
        yield Question(identity=_stranger(stack, owner), query=query, roles=(role,))
    for identity in stack.identities if arns else ():
        if owner_of(identity) is None:
            query = Query("sts:AssumeRole", arns, sentence="deploys for a tenant")
            yield Question(identity=identity, query=query, roles=trusts)
    for identity in users_of(stack) if arns else ():
        role_of_own = roles.get(owner_of(identity) or "")
        if identity.is_role:
            yield FEDERATED
        elif role_of_own:
            yield from _ways(stack, identity, role_of_own)


def _ways(stack: StackPolicies, person: Identity, role: Identity) -> Iterator[Question]:
    """Yield the ways in which a person of the tenant must not come to the role: any at all for who does not deploy."""
    for sentence, context in _wrong(stack).items() if is_deployer(person) else (("deploys without its office", {}),):
        query = Query("sts:AssumeRole", role.principal.arn or "", context, sentence=sentence)
        yield Question(identity=person, query=query, roles=(role,))


def _wrong(stack: StackPolicies) -> Mapping[str, Mapping[str, Values | str]]:
    outside = {
        "aws:SourceVpce": OtherThan(*endpoints_of(stack)).or_missing(),
        "aws:ViaAWSService": Equals("false").or_missing(),
    }
    return {
        "deploys without a second factor": {"aws:MultiFactorAuthPresent": OtherThan("true").or_missing()},
        "deploys by an old second factor": {"aws:MultiFactorAuthAge": Equals("3601").or_missing()},
        "deploys from outside": outside,
    }


def _stranger(stack: StackPolicies, owner: str) -> Identity:
    arn = f"arn:{stack.partition}:iam::{stack.account}:user/somebody-else"
    return Identity(urn="", principal=Principal.user(arn, {OWNER: owner}), policies=(everything("every right"),))


CLAIM = Claim(
    id="deployments-have-named-people",
    sentence="Nobody takes on a deployment role but its tenant's named people, from inside with recent MFA.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("where people federate, they take it on by a sign-in of its own, whose factor the provider asks for",),
    partner="each-tenant-trains-and-deploys",
)
