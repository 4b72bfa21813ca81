"""The tenants: what all of them share, who each is, and each one's notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.documents.scope import RESULTS
from components.notebook import Notebook, NotebookArgs
from components.notebook_lifecycle import NotebookLifecycle, NotebookLifecycleArgs
from components.tenant_access import TenantAccess, TenantAccessArgs
from components.tenant_policies import TenantPolicies, TenantPoliciesArgs
from settings import Feature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wiring.data import Data
    from wiring.network import Network
    from wiring.site import Site


@dataclass(frozen=True, kw_only=True)
class Tenants:
    """What people need of the tenants: the policies that both carry, and each tenant's own security group."""

    policies: TenantPolicies
    access: Mapping[str, TenantAccess]


def raise_tenants(site: Site, network: Network, data: Data) -> Tenants:
    """Make the shared documents once, then roles, security group and notebook of each tenant."""
    lifecycle = _raise_lifecycle(site, network, data) if Feature.NOTEBOOKS in site.settings.features else None
    policies = TenantPolicies(
        "tenants",
        TenantPoliciesArgs(
            scope=site.scope,
            references={**network.references, **data.references},
            named=[*data.buckets.values(), *([lifecycle] if lifecycle else [])],
        ),
        site.options,
    )
    made = {}
    for tenant in site.settings.tenants:
        access_args = TenantAccessArgs(
            scope=site.scope,
            tenant=tenant,
            vpc_id=network.closed.vpc_id,
            policies=policies,
            data_administrator=site.settings.tenants[tenant].data_administrator,
            key=data.own_key(tenant),
        )
        access = made[tenant] = TenantAccess(f"tenant-{tenant}", access_args, site.options)
        outputs = {"notebook-role": access.notebook_role_arn, "job-role": access.job_role_arn}
        if tenant in data.own_keys:
            outputs["key"] = data.own_keys[tenant].key_arn
        if lifecycle:
            outputs["notebook"] = _raise_notebook(site, network, data, tenant, access, lifecycle).notebook_name
        pulumi.export(f"tenant-{tenant}", outputs)
    return Tenants(policies=policies, access=made)


def _raise_lifecycle(site: Site, network: Network, data: Data) -> NotebookLifecycle:
    arguments = NotebookLifecycleArgs(
        naming=site.naming,
        results_bucket=data.buckets[RESULTS].bucket_name,
        subnet_ids=network.closed.subnet_ids,
        isolation_off=site.scope.isolation_off,
    )
    return NotebookLifecycle("notebook-lifecycle", arguments, site.options)


def _raise_notebook(
    site: Site, network: Network, data: Data, tenant: str, access: TenantAccess, lifecycle: NotebookLifecycle
) -> Notebook:
    choice = site.settings.tenants[tenant]
    arguments = NotebookArgs(
        naming=site.naming,
        tenant=tenant,
        instance_type=choice.instance_type,
        volume_size_gb=choice.volume_size_gb,
        # Always the first zone: a notebook cannot move, and a zone added later must not replace it.
        subnet_id=network.closed.subnet_ids[site.settings.network.zones[0]],
        security_group_ids=[network.closed.workload_security_group_id, access.security_group_id],
        role_arn=access.notebook_role_arn,
        key_arn=data.volumes_key(tenant).key_arn,
        lifecycle_configuration_name=lifecycle.lifecycle_configuration_name,
        ready=[access, network.endpoints],
    )
    return Notebook(f"notebook-{tenant}", arguments, site.options)
