"""Who signs in and how, and the limits of all work; whether the people fit the tenants and the stage."""

from __future__ import annotations

import re
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict

from . import guides, instance_types, people_guides
from .deployment import suggested_people
from .network_model import Part
from .problems import NAMESPACE, Finding, RefusedError, line, nearest, shown
from .stages import AUTHORS, OF_A_TENANT, OF_THE_PLATFORM, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KINDS_OF_WORK = ("notebook", "training", "processing", "transform", "hosting")


def type_or_family(value: object) -> object:
    """Refuse a type, or a family of types, that no kind of work knows."""
    if isinstance(value, str) and re.fullmatch(people_guides.TYPE_OR_FAMILY.pattern or "", value):
        known = {name for kind in KINDS_OF_WORK for name in instance_types.known(kind)}
        families = {f"{name.rpartition('.')[0]}.*" for name in known}
        if value not in known | families:
            near = nearest(value, sorted(families if value.endswith("*") else known))
            raise RefusedError("SageMaker knows no instance of this type", instead=near or "ml.m5.*")
    return value


def source_network(value: str) -> str:
    """Refuse what is no network, and one that is everybody's."""
    try:
        found = IPv4Network(value, strict=False)
    except ValueError as error:
        raise RefusedError(f"this is no IPv4 network in CIDR form: {error}") from None
    if str(found) != value:
        raise RefusedError(f"bits behind the prefix are set, so this names a host of {found}", instead=str(found))
    if found.prefixlen == 0:
        raise RefusedError("this is every address there is: leave the key out instead")
    return value


GroupName = Annotated[
    Literal[
        "engineers", "data-scientists", "mlops", "approvers", "administrators", "delegated-administrators", "auditors"
    ],
    people_guides.GROUP,
]
PersonName = Annotated[str, people_guides.PERSON_NAME]


def nobody(value: object) -> object:
    """Read the word false, by which a stack says that it makes nobody, as an empty mapping."""
    return {} if value is False else value


class PersonSettings(Part):
    """One person: in which groups, and of which tenant; people of the platform have none."""

    groups: Annotated[tuple[GroupName, ...], Field(min_length=1), people_guides.GROUPS_OF]
    tenant: Annotated[str, people_guides.TENANT_OF] = ""
    subject: Annotated[str, people_guides.SUBJECT] = ""


class SignInSettings(Part):
    """How people prove who they are, from where, and until when."""

    mfa_hours: Annotated[int, Strict(), Field(ge=1, le=36), people_guides.MFA_HOURS] = 12
    access_keys: Annotated[bool, Strict(), people_guides.ACCESS_KEYS] = False
    networks: Annotated[
        tuple[Annotated[str, people_guides.NETWORK, AfterValidator(source_network)], ...], people_guides.NETWORKS
    ] = ()
    inside_networks: Annotated[
        tuple[Annotated[str, people_guides.NETWORK, AfterValidator(source_network)], ...],
        people_guides.INSIDE_NETWORKS,
    ] = ()
    until: Annotated[str, people_guides.UNTIL] = ""
    password_policy: Annotated[bool, Strict(), people_guides.PASSWORD_POLICY] = True
    alarm_addresses: Annotated[tuple[Annotated[str, people_guides.ADDRESS], ...], people_guides.ADDRESSES] = ()


class LimitsSettings(Part):
    """What bounds all work of the stack; what is empty or None is the stage's."""

    instance_types: Annotated[
        tuple[Annotated[str, people_guides.TYPE_OR_FAMILY, BeforeValidator(type_or_family)], ...],
        Field(min_length=1),
        people_guides.INSTANCE_TYPES,
    ] = ()
    max_runtime_hours: Annotated[int, Strict(), Field(ge=1, le=672), people_guides.RUNTIME] | None = None
    self_service_notebooks: Annotated[bool, Strict(), people_guides.SELF_SERVICE] = True


def people_findings(tree: Mapping[str, Any], tenants: Sequence[str]) -> Iterator[Finding]:
    """Find people of no tenant, tenants of no person, and groups that do not go together or not with the stage."""
    people = tree.get("people")
    if not isinstance(people, dict):
        return
    served = set()
    for name, person in people.items():
        if not isinstance(person, dict):
            continue
        groups = person.get("groups")
        groups = [each for each in groups if isinstance(each, str)] if isinstance(groups, list) else []
        tenant = person.get("tenant")
        served.add(tenant if isinstance(tenant, str) else None)
        yield from _name(name)
        yield from _groups(name, groups, tree.get("environment"))
        if tenants or isinstance(tree.get("tenants"), dict | list):  # else the key is refused, not everybody's tenant
            yield from _tenant(name, tenant, groups, tenants)
    # A malformed name of a tenant is refused by itself; no line for its person could be right.
    named = [tenant for tenant in tenants if re.fullmatch(guides.USER_PATTERN, tenant)]
    without = [tenant for tenant in named if tenant not in served]
    if without:
        first, *more = suggested_people(tree, without)
        yield Finding(
            place=("people",),
            given=f"nobody of {', '.join(without)}",
            allowed="at least one person of every tenant",
            why="nobody could open the notebook of such a tenant",
            write=first,
            more=tuple(more),
        )


def _name(name: object) -> Iterator[Finding]:
    guide = people_guides.PERSON_NAME
    if isinstance(name, str) and re.fullmatch(guide.pattern or "", name):
        return
    slug = re.sub("[^a-z0-9]+", "-", str(name)[:100].lower()).lstrip("-0123456789")[:20].rstrip("-")
    fits = re.fullmatch(guide.pattern or "", slug)
    yield Finding(
        place=("people", str(name)),
        given=shown(name),
        allowed=guide.allowed,
        why=guide.why,
        write=line(slug if fits else "another-name", people_guides.PERSON.example),
    )


def _groups(name: str, groups: list[str], environment: object) -> Iterator[Finding]:
    place = ("people", name, "groups")
    stage = STAGES.get(environment) if isinstance(environment, str) else None
    absent = [each for each in groups if stage and each in (*OF_A_TENANT, *OF_THE_PLATFORM)]
    absent = [each for each in absent if stage and each not in stage.capabilities]
    if absent and stage:
        instead = "auditors" if absent[0] in OF_THE_PLATFORM else "engineers"
        kept = [each for each in groups if each not in absent] or [instead]
        yield Finding(
            place=place,
            given=shown(groups),
            allowed=f"groups of the stage {environment}: {', '.join(stage.capabilities)}",
            why=f"the stage {environment} leaves nothing to {', '.join(absent)}",
            write=line("groups", kept),
        )
    repeated = sorted({each for each in groups if groups.count(each) > 1})
    kinds = {each in OF_THE_PLATFORM for each in groups if each in (*OF_A_TENANT, *OF_THE_PLATFORM)}
    if repeated:
        yield _together(place, groups, "each group once", "a group is listed before", list(dict.fromkeys(groups)))
    elif len(kinds) > 1:
        why = "whoever runs the platform reaches no tenant's data; make a second person for the tenant's work"
        yield _together(place, groups, "groups of a tenant, or groups of the platform", why, [groups[0]])
    elif "approvers" in groups and set(groups) & set(AUTHORS):
        why = "who makes models never decides about them; make another person the approver"
        yield _together(place, groups, "approvers alone, or groups of authors", why, ["approvers"])
    elif "auditors" in groups and len(groups) > 1:
        why = "an auditor looks at what the others do; make another person the auditor"
        yield _together(place, groups, "auditors alone", why, ["auditors"])


def _together(place: tuple[str, ...], groups: list[str], allowed: str, why: str, instead: list[str]) -> Finding:
    return Finding(place=place, given=shown(groups), allowed=allowed, why=why, write=line("groups", instead))


def _tenant(name: str, tenant: object, groups: list[str], tenants: Sequence[str]) -> Iterator[Finding]:
    place = ("people", name, "tenant")
    if isinstance(tenant, str) and tenant not in tenants:
        named = [each for each in tenants if re.fullmatch(guides.USER_PATTERN, each)]
        near = nearest(tenant, named) or next(iter(named), None)
        yield Finding(
            place=place,
            given=shown(tenant),
            allowed=f"a declared tenant: {', '.join(tenants) or 'none is declared'}",
            why="the tag of nobody: the person would reach nothing, or what a later tenant of that name owns",
            write=line("tenant", near) if near else line(f"{NAMESPACE}tenants", {tenant: {}}),
        )
    of_tenant = [each for each in groups if each in OF_A_TENANT]
    if of_tenant and tenant is None:
        yield Finding(
            place=place,
            given="nothing",
            allowed="the tenant that the person works for",
            why=f"{', '.join(of_tenant)} work for a tenant",
            write=line("tenant", next(iter(tenants), "alice")),
        )
    if tenant is not None and groups and all(each in OF_THE_PLATFORM for each in groups):
        yield Finding(
            place=place,
            given=shown(tenant),
            allowed="no tenant beside groups of the platform",
            why="people of the platform belong to no tenant and reach no tenant's data",
            write="(remove it)",
        )


def limit_findings(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find tenants whose notebook runs on a type that the stack's limits refuse."""
    limits, tenants = tree.get("limits", {}), tree.get("tenants")
    environment = tree.get("environment")
    stage = STAGES.get(environment) if isinstance(environment, str) else None
    listed = limits.get("instance-types") if isinstance(limits, dict) else None
    patterns = listed if isinstance(listed, list) else (stage.instance_types if stage else ())
    allowed = [each for each in patterns if isinstance(each, str)]
    unfit = instance_types.WITHOUT_NOTEBOOK_PLATFORM
    known = [each for each in instance_types.known("notebook") if each.split(".")[1] not in unfit]
    for name, tenant in tenants.items() if isinstance(tenants, dict) else ():
        own = tenant.get("instance-type", "ml.t3.medium") if isinstance(tenant, dict) else "ml.t3.medium"
        if not (isinstance(own, str) and isinstance(name, str) and allowed and own in known):
            continue
        if not any(own == each or (each.endswith("*") and own.startswith(each[:-1])) for each in allowed):
            yield Finding(
                place=("tenants", name, "instance-type"),
                given=own,
                allowed=f"a type that the stack's limits allow: {', '.join(allowed)}",
                why="the tenant's people could not start the notebook: work on any other type is refused",
                write=line(f"{NAMESPACE}limits", {"instance-types": [*allowed, own]}),
            )


def people_quota_findings(tree: Mapping[str, Any], iam_users: int, groups_per_user: int) -> Iterator[Finding]:
    """Find more people than the account's quota of users carries, and people in more groups than it lets."""
    people = tree.get("people")
    people = people if isinstance(people, dict) else {}
    if len(people) > iam_users and "federation" not in tree:
        yield Finding(
            place=("people",),
            given=f"{len(people)} people",
            allowed=f"at most {iam_users}, with the account's quota of users",
            why="each person is an IAM user; let AWS raise the quota and write the new one",
            write=line(f"{NAMESPACE}quotas", {"iam-users": len(people)}),
        )
    for name, person in people.items():
        groups = person.get("groups") if isinstance(person, dict) else None
        if isinstance(groups, list) and len(groups) > groups_per_user:
            yield Finding(
                place=("people", str(name), "groups"),
                given=f"{len(groups)} groups",
                allowed=f"at most {groups_per_user}, with the account's quota of groups a user",
                why="IAM takes no more memberships; let AWS raise the quota and write the new one",
                write=line(f"{NAMESPACE}quotas", {"groups-per-user": len(groups)}),
            )
