"""Who calls tenants' endpoints from beside their people: a role for each invoker of the stack file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from components.documents.invoking import Invoker
from components.invoking_role import InvokingRole, InvokingRoleArgs

if TYPE_CHECKING:
    from wiring.site import Site
    from wiring.tenants import Tenants


def raise_invokers(site: Site, tenants: Tenants) -> None:
    """Make the role of each invoker, and tell its ARN."""
    for name, given in site.settings.invokers.items():
        invoker = Invoker(name=name, tenant=given.tenant, roles=given.roles, endpoints=given.endpoints)
        args = InvokingRoleArgs(scope=site.scope, invoker=invoker, policies=tenants.policies)
        made = InvokingRole(f"invoker-{name}", args, site.options)
        pulumi.export(f"invoker-{name}", made.role_arn)
