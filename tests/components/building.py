"""The platform's parts as the program wires them, for tests of one part that needs the others."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from components.addressing import subnet_plan
from components.bucket_upkeep import Upkeep
from components.closed_network import ClosedNetwork, ClosedNetworkArgs
from components.data_bucket import DataBucket, DataBucketArgs
from components.data_key import DataKey, DataKeyArgs
from components.documents.scope import Scope
from components.endpoint_services import services_for
from components.naming import Naming
from components.network_logs import NetworkLogs, NetworkLogsArgs
from components.notebook import Notebook, NotebookArgs
from components.notebook_lifecycle import NotebookLifecycle, NotebookLifecycleArgs
from components.service_endpoints import ServiceEndpoints, ServiceEndpointsArgs
from components.tenant_access import TenantAccess, TenantAccessArgs
from components.tenant_policies import TenantPolicies, TenantPoliciesArgs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.base import BoundReference
    from components.endpoint_services import EndpointService

KEYS = ("data", "volumes", "logs", "partners")
FEATURES = ("notebooks", "training", "inference")
ZONES = ("apne1-az1", "apne1-az4")
CIDR = IPv4Network("10.0.0.0/16")
NAMING = Naming(partition="aws", region="ap-northeast-1", account_id="111122223333", prefix="ml-dev", suffix="7f3a")


class Parts:
    """Builds the parts of a stack with the fixed values; what a part needs of others is given to it."""

    def __init__(
        self,
        features: Sequence[str] = FEATURES,
        *,
        also: Sequence[EndpointService] = (),
        zones: Mapping[str, tuple[str, ...]] | None = None,
        protect: bool = False,
        upkeep: Upkeep | None = None,
    ) -> None:
        self.services = services_for(features, *also)
        self.zones = zones or {}
        self.scope = Scope(
            naming=NAMING,
            zone_ids=ZONES,
            endpoints=tuple(service.key for service in self.services),
            deployer=("arn:aws:iam::111122223333:role/ci-deploy",),
            features=tuple(features),
        )
        self.protect = protect
        self.upkeep = upkeep or Upkeep()

    def network(self) -> ClosedNetwork:
        args = ClosedNetworkArgs(naming=NAMING, cidr=CIDR, subnets=subnet_plan(CIDR, ZONES))
        return ClosedNetwork("network", args)

    def endpoints(self, network: ClosedNetwork) -> ServiceEndpoints:
        args = ServiceEndpointsArgs(
            scope=self.scope,
            services=self.services,
            vpc_id=network.vpc_id,
            route_table_ids=network.route_table_ids,
            subnet_ids=network.subnet_ids,
            workload_security_group_id=network.workload_security_group_id,
            zones=self.zones,
        )
        return ServiceEndpoints("endpoints", args)

    def logs(self, network: ClosedNetwork, key: DataKey) -> NetworkLogs:
        args = NetworkLogsArgs(
            scope=self.scope, vpc_id=network.vpc_id, key_arn=key.key_arn, retention_days=365, protect=self.protect
        )
        return NetworkLogs("network-logs", args)

    def key(self, purpose: str = "data") -> DataKey:
        return DataKey(purpose, DataKeyArgs(scope=self.scope, purpose=purpose, protect=self.protect))

    def bucket(
        self,
        purpose: str,
        key: DataKey,
        references: Mapping[str, BoundReference],
        logged: Mapping[str, DataBucket] | None = None,
    ) -> DataBucket:
        args = DataBucketArgs(
            scope=self.scope,
            purpose=purpose,
            key_arn=key.key_arn if not logged else None,
            references=references,
            protect=self.protect,
            upkeep=self.upkeep,
            logged=logged or {},
        )
        return DataBucket(purpose, args)

    def lifecycle(self, network: ClosedNetwork, results: DataBucket) -> NotebookLifecycle:
        args = NotebookLifecycleArgs(naming=NAMING, results_bucket=results.bucket_name, subnet_ids=network.subnet_ids)
        return NotebookLifecycle("notebook-lifecycle", args)

    def policies(self, references: Mapping[str, BoundReference], named: Sequence[pulumi.Resource]) -> TenantPolicies:
        return TenantPolicies("tenants", TenantPoliciesArgs(scope=self.scope, references=references, named=named))

    def access(self, tenant: str, network: ClosedNetwork, policies: TenantPolicies) -> TenantAccess:
        args = TenantAccessArgs(scope=self.scope, tenant=tenant, vpc_id=network.vpc_id, policies=policies)
        return TenantAccess(f"tenant-{tenant}", args)

    def everything(self) -> None:
        """Build one of each, for tenant alice."""
        network = self.network()
        endpoints = self.endpoints(network)
        keys = {purpose: self.key(purpose) for purpose in KEYS}
        self.logs(network, keys["logs"])
        references = {**network.references, **endpoints.references}
        references |= {name: bound for key in keys.values() for name, bound in key.references.items()}
        buckets = {
            purpose: self.bucket(purpose, keys["partners" if purpose == "staging" else "data"], references)
            for purpose in ("raw", "results", "shared", "staging")
        }
        buckets["access-logs"] = self.bucket("access-logs", keys["data"], references, dict(buckets))
        lifecycle = self.lifecycle(network, buckets["results"])
        access = self.access("alice", network, self.policies(references, [*buckets.values(), lifecycle]))
        Notebook(
            "notebook-alice",
            NotebookArgs(
                naming=NAMING,
                tenant="alice",
                instance_type="ml.t3.medium",
                volume_size_gb=5,
                subnet_id=network.subnet_ids["apne1-az1"],
                security_group_ids=[network.workload_security_group_id, access.security_group_id],
                role_arn=access.notebook_role_arn,
                key_arn=keys["volumes"].key_arn,
                lifecycle_configuration_name=lifecycle.lifecycle_configuration_name,
                ready=[access, endpoints],
            ),
        )
