"""People: what each group may do in this stage, who is in which, and the role for emergencies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pulumi

from components.break_glass import BreakGlass, BreakGlassArgs
from components.documents.people_scope import PLATFORM_GROUPS, Capability, Group, PeopleScope
from components.people_groups import PeopleGroups, PeopleGroupsArgs
from components.people_policies import PeoplePolicies, PeoplePoliciesArgs
from components.person import Person, PersonArgs
from components.platform_members import PlatformMembers, PlatformMembersArgs
from settings import STAGES

if TYPE_CHECKING:
    from components.bastion import Bastion
    from wiring.data import Data
    from wiring.network import Network
    from wiring.site import Site
    from wiring.tenants import Tenants


def raise_emergency(site: Site) -> Site:
    """Make the emergency role before what names it; nothing where the stack file names nobody."""
    if not site.settings.people:
        return site
    args = BreakGlassArgs(scope=site.scope, tell=site.settings.sign_in.alarm_addresses)
    emergency = BreakGlass("break-glass", args, site.options)
    pulumi.export("break-glass-role", emergency.role_arn)
    return replace(site, emergency=emergency)


def raise_people(site: Site, network: Network, data: Data, tenants: Tenants, bastion: Bastion | None) -> None:
    """Make groups and people; nothing where the stack file names nobody."""
    if not site.settings.people:
        return
    people = people_scope(site, with_bastion=bastion is not None)
    own_passwords = site.settings.sign_in.password_policy
    groups_args = PeopleGroupsArgs(naming=site.naming, people=people, password_policy=own_passwords)
    groups = PeopleGroups("people-groups", groups_args, site.options)
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
    made = _raise_each(site, tenants, policies, groups)
    in_groups = {
        group: [made[name] for name, each in site.settings.people.items() if group in each.groups]
        for group in people.capabilities
        if group in PLATFORM_GROUPS
    }
    members = PlatformMembersArgs(naming=site.naming, made_groups=groups, members=in_groups)
    PlatformMembers("platform-members", members, site.options)


def people_scope(site: Site, *, with_bastion: bool) -> PeopleScope:
    """Return what the stage leaves to people, and how they sign in."""
    sign_in, table = site.settings.sign_in, STAGES[site.settings.environment].capabilities
    return PeopleScope(
        capabilities={Group(group): tuple(map(Capability, parts)) for group, parts in table.items()},
        longest_session=sign_in.mfa_hours * 3600,
        access_keys=sign_in.access_keys,
        self_service_notebooks=site.settings.limits.self_service_notebooks,
        networks=sign_in.networks,
        until=sign_in.until,
        bastion=with_bastion,
    )


def _raise_each(site: Site, tenants: Tenants, policies: PeoplePolicies, groups: PeopleGroups) -> dict[str, Person]:
    made = {}
    for name, settings in site.settings.people.items():
        access = tenants.access[settings.tenant] if settings.tenant else None
        arguments = PersonArgs(
            naming=site.naming,
            person=name,
            groups=tuple(map(Group, settings.groups)),
            made_groups=groups,
            policies=policies,
            tenant=settings.tenant or None,
            security_group=access.references[f"security-group/{settings.tenant}"] if access else None,
        )
        made[name] = Person(f"person-{name}", arguments, site.options)
        pulumi.export(f"person-{name}", made[name].user_name)
    return made
