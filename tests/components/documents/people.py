"""People as callers: who is in which group of which stage, with the second factor or without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from components.documents.people_documents import boundary_of, carries, is_of_tenants
from components.documents.people_scope import Capability, Group, PeopleScope
from iamproof import Principal
from settings.stages import STAGES
from tests.components.documents.world import GROUPS, NAMING, Ask, Caller, Via

if TYPE_CHECKING:
    from collections.abc import Mapping

FRESH = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 600}
OLDER = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 7200}
TOO_OLD = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 43201}
# A session without the factor says so; a call with the long-term key alone carries no such key at all.
SAID_NO = {"aws:MultiFactorAuthPresent": False}


def of_stage(stage: str) -> PeopleScope:
    """Return what the settings' table leaves to people in a stage."""
    table = STAGES[stage].capabilities
    return PeopleScope(
        capabilities={Group(group): tuple(map(Capability, parts)) for group, parts in table.items()},
        access_keys=True,
        bastion=True,
    )


def held(group: Group, people: PeopleScope) -> tuple[str, ...]:
    """Return the holders of what a group carries."""
    return tuple(each if is_of_tenants(each) else f"people/{each}" for each in carries(group, people))


def person(name: str, group: Group, *, tenant: str = "platform", stage: str = "dev", **tags: str) -> Caller:
    """Return a person of a group with a fresh second factor; `tags` are added to those that the platform sets."""
    own = {"user": tenant, **({"security-group": GROUPS[tenant]} if tenant in GROUPS else {}), **tags}
    principal = Principal.user(NAMING.iam_arn(f"user/{NAMING.person_name(name)}"), own)
    who = Caller(principal, held(group, of_stage(stage)), f"people/{boundary_of(group)}", FRESH)
    return in_prod(who) if stage == "prod" else who


# What reads otherwise where models need approval, by what it is elsewhere.
IN_PROD = {
    "egress": "prod/egress",
    "stage": "prod/stage",
    "people/author-bounds": "prod/author-bounds",
    "people/boundary": "prod/boundary",
}


def in_prod(who: Caller) -> Caller:
    """Return the caller under the documents of a stack whose models a role deploys."""
    carries = tuple(IN_PROD.get(each, each) for each in who.carries or ())
    return replace(who, carries=carries, boundary=IN_PROD.get(who.boundary or "", who.boundary), stack="prod/")


def tagged_as(who: Caller, tags: Mapping[str, str]) -> Caller:
    """Return a person with other tags."""
    return replace(who, principal=Principal.user(who.principal.arn or "", dict(tags)))


def having(who: Caller, context: Mapping[str, Any]) -> Caller:
    """Return a person whose session carries other keys of the second factor."""
    return replace(who, context=dict(context))


def also(who: Caller, *holders: str) -> Caller:
    """Return a person to whom somebody attached more by hand."""
    return replace(who, carries=(*(who.carries or ()), *holders))


ANN = person("ann", Group.ENGINEERS, tenant="alice")
BEN = person("ben", Group.ENGINEERS, tenant="bob")
DIANA = person("diana", Group.DATA_SCIENTISTS, tenant="alice")
MARC = person("marc", Group.MLOPS, tenant="alice")
DIANA_IN_TEST = person("diana", Group.DATA_SCIENTISTS, tenant="alice", stage="test")
MARC_IN_TEST = person("marc", Group.MLOPS, tenant="alice", stage="test")
ANN_IN_PROD = person("ann", Group.ENGINEERS, tenant="alice", stage="prod")
DIANA_IN_PROD = person("diana", Group.DATA_SCIENTISTS, tenant="alice", stage="prod")
MARC_IN_PROD = person("marc", Group.MLOPS, tenant="alice", stage="prod")
APRIL = person("april", Group.APPROVERS, tenant="alice", stage="prod")
ADAM = person("adam", Group.ADMINISTRATORS)
DELIA = person("delia", Group.DELEGATED_ADMINISTRATORS)
AUDREY = person("audrey", Group.AUDITORS)
NEW = having(person("nell", Group.ENGINEERS, tenant="alice"), {})

ANN_WITHOUT_GROUP = tagged_as(ANN, {"user": "alice"})
ANN_UNTAGGED = tagged_as(ANN, {"security-group": GROUPS["alice"]})
# Where the stack offers no keys, makes the notebooks itself, lists networks and has an end date.
ANN_STRICTLY = replace(
    ANN,
    carries=tuple(
        f"strict/{each.removeprefix('people/')}"
        if each in {"people/author-bounds", "people/self", "people/notebooks"}
        else each
        for each in ANN.carries or ()
    ),
    context={**FRESH, "aws:CurrentTime": "2027-03-30T00:00:00Z", "aws:SourceIp": "192.0.2.7"},
)
# Where the stack lists the networks of hosts that call through an endpoint.
HOST = {**FRESH, "aws:VpcSourceIp": "10.0.0.7"}
ANN_AT_A_HOST, ADAM_AT_A_HOST = (
    replace(
        who,
        carries=tuple(
            each.replace("people/", "inside/") if each.endswith("-bounds") else each for each in who.carries or ()
        ),
        context=HOST,
    )
    for who in (ANN, ADAM)
)
BREAK_GLASS = Caller(
    Principal.role(NAMING.iam_arn(f"role/{NAMING.break_glass_name()}"), {"user": "platform"}),
    ("people/break-glass",),
    "people/break-glass",
)


def iam(action: str, resource: str = "*", context: Mapping[str, Any] | None = None, **more: Any) -> Ask:
    """Return an IAM request from outside the network, where IAM is."""
    arn = resource if resource == "*" or resource.startswith("arn:") else NAMING.iam_arn(resource)
    return Ask(f"iam:{action}", arn, context or {}, **{"via": Via.NO_ENDPOINT, **more})


def own_user(who: Caller) -> str:
    """Return the part of the ARN that names a person's user."""
    return f"user/{who.principal.name}"
