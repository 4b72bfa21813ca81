"""People: what each group may do in this stage, who is in which, and the role for emergencies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pulumi

from components.break_glass import BreakGlass, BreakGlassArgs
from components.documents.people_scope import PLATFORM_GROUPS, Capability, Group, PeopleScope
from components.federated_person import FederatedPerson, FederatedPersonArgs
from components.people_groups import PeopleGroups, PeopleGroupsArgs
from components.people_policies import PeoplePolicies, PeoplePoliciesArgs
from components.person import Person, PersonArgs
from components.platform_members import PlatformMembers, PlatformMembersArgs
from settings import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from components.bastion import Bastion
    from wiring.data import Data
    from wiring.network import Network
    from wiring.site import Site
    from wiring.tenants import Tenants


@dataclass(frozen=True, kw_only=True)
class People:
    """Who was made, by the names of the stack file: `users` or `federated` people; none who come from elsewhere."""

    users: Mapping[str, Person] = field(default_factory=dict)
    federated: Mapping[str, FederatedPerson] = field(default_factory=dict)


def raise_emergency(site: Site) -> Site:
    """Make the emergency role before what names it; nothing where the stack file names nobody."""
    if not site.settings.people:
        return site
    people = site.settings.people.values()
    administrators = [each.subject for each in people if site.scope.federation and Group.ADMINISTRATORS in each.groups]
    tell = site.settings.sign_in.alarm_addresses
    args = BreakGlassArgs(scope=site.scope, tell=tell, administrators=tuple(administrators))
    emergency = BreakGlass("break-glass", args, site.options)
    pulumi.export("break-glass-role", emergency.role_arn)
    return replace(site, emergency=emergency)


def raise_people(site: Site, network: Network, data: Data, tenants: Tenants, bastion: Bastion | None) -> People:
    """Make groups and people; nothing where the stack file names nobody."""
    if not site.settings.people:
        return People()
    people = people_scope(site, with_bastion=bastion is not None)
    groups = None if people.federated else _raise_groups(site, people)
    policies = PeoplePolicies(
        "people-policies",
        PeoplePoliciesArgs(
            scope=site.scope,
            people=people,
            groups=groups,
            references={**network.references, **data.references, **(bastion.references if bastion else {})},
            named=[*data.buckets.values(), tenants.policies, *site.named],
            policies_a_group=site.settings.quotas.policies_per_group,
        ),
        site.options,
    )
    if groups is None:
        federated = {name: _federated(site, people, data, tenants, policies, name) for name in site.settings.people}
        for name, each in federated.items():
            pulumi.export(f"person-{name}", each.role_arn)
        return People(federated=federated)
    made = {name: _user(site, data, tenants, policies, groups, name) for name in site.settings.people}
    for name, person in made.items():
        pulumi.export(f"person-{name}", person.user_name)
    in_groups = {
        group: [made[name] for name, each in site.settings.people.items() if group in each.groups]
        for group in people.capabilities
        if group in PLATFORM_GROUPS
    }
    members = PlatformMembersArgs(naming=site.naming, made_groups=groups, members=in_groups)
    PlatformMembers("platform-members", members, site.options)
    return People(users=made)


def _raise_groups(site: Site, people: PeopleScope) -> PeopleGroups:
    own_passwords = site.settings.sign_in.password_policy
    args = PeopleGroupsArgs(naming=site.naming, people=people, password_policy=own_passwords)
    return PeopleGroups("people-groups", args, site.options)


def _security_group(site: Site, tenants: Tenants, name: str) -> BoundReference | None:
    tenant = site.settings.people[name].tenant
    return tenants.access[tenant].references[f"security-group/{tenant}"] if tenant else None


def people_scope(site: Site, *, with_bastion: bool) -> PeopleScope:
    """Return what the stage leaves to people, and how they sign in."""
    sign_in, table = site.settings.sign_in, STAGES[site.settings.environment].capabilities
    return PeopleScope(
        capabilities={Group(group): tuple(map(Capability, parts)) for group, parts in table.items()},
        longest_session=sign_in.mfa_hours * 3600,
        access_keys=sign_in.access_keys,
        self_service_notebooks=site.settings.limits.self_service_notebooks,
        networks=sign_in.networks,
        inside_networks=sign_in.inside_networks,
        until=sign_in.until,
        bastion=with_bastion,
        federated=site.scope.federation is not None,
    )


def _user(
    site: Site, data: Data, tenants: Tenants, policies: PeoplePolicies, groups: PeopleGroups, name: str
) -> Person:
    settings = site.settings.people[name]
    args = PersonArgs(
        naming=site.naming,
        person=name,
        groups=tuple(map(Group, settings.groups)),
        made_groups=groups,
        policies=policies,
        tenant=settings.tenant or None,
        security_group=_security_group(site, tenants, name),
        key=data.own_key(settings.tenant),
    )
    return Person(f"person-{name}", args, site.options)


def _federated(
    site: Site, people: PeopleScope, data: Data, tenants: Tenants, policies: PeoplePolicies, name: str
) -> FederatedPerson:
    settings, federation = site.settings.people[name], site.settings.federation
    if site.scope.federation is None or federation is None:
        raise ValueError(f"{name}: no federation is set, so the person is a user; write federation")
    args = FederatedPersonArgs(
        naming=site.naming,
        person=name,
        federation=site.scope.federation,
        subject=settings.subject,
        groups=tuple(map(Group, settings.groups)),
        people=people,
        policies=policies,
        longest_session=federation.session_hours * 3600,
        tenant=settings.tenant or None,
        security_group=_security_group(site, tenants, name),
        key=data.own_key(settings.tenant),
    )
    return FederatedPerson(f"person-{name}", args, site.options)
