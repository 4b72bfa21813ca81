"""People who sign in at a provider, as callers: roles with the same tags and bounds, and no second factor to show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.people_documents import boundary_of
from components.documents.people_scope import Group, PeopleScope
from iamproof import Principal
from tests.components.documents.people import held, in_prod, of_stage
from tests.components.documents.planned import OPEN_ID, SAML, SUBJECT, every_document
from tests.components.documents.variants import FEDERATED, OPENID
from tests.components.documents.world import GROUPS, NAMING, SCOPE, Ask, Caller, Via

if TYPE_CHECKING:
    from components.documents.federation import Federation

HOLDERS = frozenset(every_document(SCOPE))
READ_OTHERWISE = frozenset(holder.removeprefix(FEDERATED) for holder in HOLDERS if holder.startswith(FEDERATED))


def people_of(stage: str) -> PeopleScope:
    """Return what a stage leaves to federated people."""
    return replace(of_stage(stage), access_keys=False, federated=True)


def in_federation(who: Caller) -> Caller:
    """Return the caller under the documents of a stack whose people sign in at a provider."""
    carries = tuple(f"{FEDERATED}{each}" if each in READ_OTHERWISE else each for each in who.carries or ())
    boundary = f"{FEDERATED}{who.boundary}" if who.boundary in READ_OTHERWISE else who.boundary
    kept = None if who.carries is None else carries
    return replace(who, carries=kept, boundary=boundary, stack=f"{FEDERATED}{who.stack}")


def member(name: str, group: Group, tenant: str = "platform", stage: str = "dev") -> Caller:
    """Return a federated person of a group, whose session carries no key of a second factor."""
    own = {"user": tenant, **({"security-group": GROUPS[tenant]} if tenant in GROUPS else {})}
    principal = Principal.role(NAMING.iam_arn(f"role/people/{NAMING.person_name(name)}"), own)
    who = Caller(principal, held(group, people_of(stage)), f"people/{boundary_of(group)}")
    return in_federation(in_prod(who) if stage == "prod" else who)


ANN, BEN = member("ann", Group.ENGINEERS, "alice"), member("ben", Group.ENGINEERS, "bob")
MARC = member("marc", Group.MLOPS, "alice")
MARC_IN_PROD = member("marc", Group.MLOPS, "alice", "prod")
APRIL = member("april", Group.APPROVERS, "alice", "prod")
ADAM, AUDREY = member("adam", Group.ADMINISTRATORS), member("audrey", Group.AUDITORS)
DELIA = member("delia", Group.DELEGATED_ADMINISTRATORS)
BY_HAND = in_federation(
    Caller(Principal.role(NAMING.iam_arn("role/people2/ml-dev-ann"), {"user": "alice", "security-group": "sg-0"}))
)


def provider(federation: Federation, stack: str) -> Caller:
    """Return somebody whom a provider vouches for."""
    return Caller(Principal.identity_provider(federation.provider), stack=stack)


AT_SAML, AT_OPENID = provider(SAML, FEDERATED), provider(OPEN_ID, OPENID)
AT_ANOTHER = Caller(Principal.identity_provider(f"{SAML.provider}-2"), stack=FEDERATED)


def token(federation: Federation, role: str, subject: str | None = SUBJECT, **changes: str | None) -> Ask:
    """Return the taking on of a role by a provider's token; a claim of None is absent."""
    claims = {f"{federation.claims}:aud": federation.audience, f"{federation.claims}:sub": subject}
    return Ask(federation.action, NAMING.iam_arn(role), via=Via.NO_ENDPOINT).but(context={**claims, **changes})
