"""Deployment by a role, where the stage asks for approval: one for each tenant that has people for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from components.deployment_role import DeploymentRole, DeploymentRoleArgs
from components.documents.people_scope import Group
from settings import Feature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wiring.people import People
    from wiring.site import Site
    from wiring.tenants import Tenants


def raise_deployment(site: Site, tenants: Tenants, people: People) -> Mapping[str, DeploymentRole]:
    """Make the deployment role of each tenant with somebody in mlops, by tenant; none in stages without approval."""
    made: dict[str, DeploymentRole] = {}
    if not site.scope.approval or Feature.INFERENCE not in site.settings.features:
        return made
    for tenant, access in tenants.access.items():
        names = deployers_of(site, tenant)
        if not names:
            continue
        users = not site.scope.federation
        args = DeploymentRoleArgs(
            scope=site.scope,
            tenant=tenant,
            deployers=tuple(_called(site, name) for name in names),
            named=[people.users[name] for name in names] if users else [],
            policies=tenants.policies,
            security_group=access.references[f"security-group/{tenant}"],
        )
        made[tenant] = DeploymentRole(f"deployment-{tenant}", args, site.options)
        pulumi.export(f"deployment-{tenant}", made[tenant].role_arn)
    return made


def deployers_of(site: Site, tenant: str) -> tuple[str, ...]:
    """Return the people of a tenant who deploy; settings keep them apart from those who approve."""
    people = site.settings.people.items()
    return tuple(name for name, each in people if each.tenant == tenant and Group.MLOPS in each.groups)


def _called(site: Site, name: str) -> str:
    """Return what a trust calls a person: the subject at the provider, or the ARN of the user."""
    if site.scope.federation:
        return site.settings.people[name].subject
    return site.naming.iam_arn(f"user/{site.naming.person_name(name)}")
