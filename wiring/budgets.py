"""What tenants may cost, who is told, and what a spent budget stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.budget_stop import BudgetStop, BudgetStopArgs, Stopped
from components.tenant_budgets import TenantBudgets, TenantBudgetsArgs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from components.deployment_role import DeploymentRole
    from wiring.people import People
    from wiring.site import Site
    from wiring.tenants import Tenants


def raise_budgets(site: Site, tenants: Tenants, people: People, deployment: Mapping[str, DeploymentRole]) -> None:
    """Make the budgets of tenants, and what they stop; nothing where the stack file gives no amount."""
    budgets = site.settings.budgets
    amounts = {tenant: amount for tenant in site.settings.tenants if (amount := budgets.of(tenant)) is not None}
    if not amounts:
        return
    watched = TenantBudgetsArgs(naming=site.naming, amounts=amounts, tell=budgets.tell, topics=budgets.topics)
    made = TenantBudgets("budgets", watched, site.options)
    if not budgets.stop:
        return
    stopped = BudgetStopArgs(
        scope=site.scope,
        budgets=made,
        stopped={tenant: _stopped(site, tenant, tenants, people, deployment.get(tenant)) for tenant in amounts},
        tell=budgets.tell,
        topics=budgets.topics,
    )
    BudgetStop("budget-stop", stopped, site.options)


def _stopped(site: Site, tenant: str, tenants: Tenants, people: People, deployment: DeploymentRole | None) -> Stopped:
    """Return the names of a tenant's roles and people: whoever works for it could spend for it."""
    naming, made = site.naming, {**people.users, **people.federated}
    own = [name for name, each in site.settings.people.items() if each.tenant == tenant]
    roles = [naming.tenant_role_name(tenant, kind) for kind in ("notebook", "job")]
    named: list[pulumi.Resource] = [tenants.access[tenant], *(made[name] for name in own)]
    if deployment:
        roles.append(naming.deployment_role_name(tenant))
        named.append(deployment)
    names = tuple(map(naming.person_name, own))
    if people.federated:
        return Stopped(roles=(*roles, *names), named=named)
    return Stopped(roles=tuple(roles), users=names, named=named)
