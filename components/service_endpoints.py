"""The doors to AWS services: one VPC endpoint per service that the features need, and who may knock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.endpoints import endpoint_policy
from components.endpoint_services import S3, EndpointService

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.documents.scope import Scope

HTTPS = 443

# Private names answered to the inbound resolver endpoint alone: clients inside the VPC keep to the gateway.
DNS_FOR_OUTSIDE_CLIENTS = aws.ec2.VpcEndpointDnsOptionsArgs(private_dns_only_for_inbound_resolver_endpoint=True)


@dataclass(frozen=True, kw_only=True)
class AdoptedEndpoints:
    """Endpoints that are there already: `ids` by service key.

    `security_group_id` is the group that those of type interface carry, `s3_prefix_list_id` the list of the gateway of
    S3; each is needed where `ids` holds such an endpoint.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    security_group_id: str | None = None
    s3_prefix_list_id: str | None = None

    def __post_init__(self) -> None:
        interfaces = [key for key in self.ids if key != S3.key]
        if interfaces and not self.security_group_id:
            raise ValueError(
                f"adopted: {', '.join(interfaces)} given without their security group, one is needed because workloads "
                "get a rule to it; give the group that these endpoints carry"
            )
        if S3.key in self.ids and not self.s3_prefix_list_id:
            raise ValueError(
                "adopted: s3 given without its prefix list, one is needed because workloads get a rule to it; give the "
                "id of the Region's list of S3"
            )


@dataclass(frozen=True, kw_only=True)
class ServiceEndpointsArgs:
    """Where the endpoints stand and for which services, S3 among them.

    `subnet_ids` maps zone ids to subnets, an interface endpoint stands in each of them; `workload_security_group_id`
    is the only group here that may reach the endpoints. `zones` names the zones of interface endpoints that do not
    stand in every zone, by service key (see `endpoint_zones`). Endpoints of `adopted` are there, and are not made.
    """

    scope: Scope
    services: tuple[EndpointService, ...]
    vpc_id: pulumi.Input[str]
    route_table_ids: Sequence[pulumi.Input[str]]
    subnet_ids: Mapping[str, pulumi.Input[str]]
    workload_security_group_id: pulumi.Input[str]
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adopted: AdoptedEndpoints = AdoptedEndpoints()

    def __post_init__(self) -> None:
        if S3 not in self.services:
            given = ", ".join(service.key for service in self.services) or "none"
            raise ValueError(
                f"services: {given} given, a set with s3 is allowed, data moves through S3 whatever the features are; "
                "take the set that services_for returns"
            )
        if not self.subnet_ids:
            raise ValueError(
                "subnet_ids: none given, one or more are allowed, an interface endpoint without a subnet cannot be "
                "reached; give the subnets of the closed network"
            )
        for key, zones in self.zones.items():
            if not zones or not set(zones) <= set(self.subnet_ids):
                raise ValueError(
                    f"zones: {key} in {', '.join(zones) or 'none'} given, one or more of {', '.join(self.subnet_ids)} "
                    "are allowed, an endpoint stands in subnets; take the mapping that endpoint_zones returns"
                )


class ServiceEndpoints(PlatformComponent):
    """The endpoints through which workloads reach AWS, and nothing else does.

    Creates: the S3 gateway endpoint on the route table, an interface endpoint with private DNS per further service
    (beside the gateway one for clients outside the VPC, if asked for), the `endpoints` security group, and the rules
    that join it with the `workload` group.
    Guarantee: each endpoint carries a policy that names the own account; the endpoints admit 443 from the workload
    group and nothing more; the workload group reaches the endpoints and S3 on 443 and nothing more.
    It does not open the groups of tenants, which admit only themselves.
    """

    def __init__(self, name: str, args: ServiceEndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:network:ServiceEndpoints", name, self._plan.inputs(), opts)
        self._group = self._bind_group()
        gateways = {service.key: self._create_endpoint(service) for service in self._made if service.gateway}
        self._gateways = list(gateways.values())
        self._endpoints = {
            **gateways,
            **{each.key: self._create_endpoint(each) for each in self._made if not each.gateway},
        }
        self._create_ingress_from_workloads()
        self._create_egress_to_endpoints()
        self._create_egress_to_s3()
        self.publish(
            self._group,
            *(BoundReference.to(f"endpoint/{key}", endpoint) for key, endpoint in self._endpoints.items()),
            *(BoundReference.adopted(f"endpoint/{key}", each) for key, each in self._adopted.items()),
        )

    @property
    def endpoint_ids(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the ids of the endpoints by service key, such as ``s3`` or ``sagemaker.api``."""
        adopted = {key: pulumi.Output.from_input(each) for key, each in self._adopted.items()}
        return {**{key: endpoint.id for key, endpoint in self._endpoints.items()}, **adopted}

    @property
    def s3_prefix_list_id(self) -> pulumi.Output[str]:
        """Return the id of the list of S3's addresses, which rules of other groups may name."""
        adopted = self._args.adopted.s3_prefix_list_id
        return pulumi.Output.from_input(adopted) if adopted else self._endpoints[S3.key].prefix_list_id

    @property
    def endpoints_security_group_id(self) -> pulumi.Output[str]:
        """Return the id of the group that the interface endpoints carry."""
        if self._group.id is None:
            raise ValueError("the group of the endpoints is bound to nothing yet")
        return self._group.id

    @property
    def _adopted(self) -> Mapping[str, str]:
        needed = {service.key for service in self._args.services}
        return {key: each for key, each in self._args.adopted.ids.items() if key in needed}

    @property
    def _made(self) -> list[EndpointService]:
        return [service for service in self._args.services if service.key not in self._adopted]

    def _plan_documents(self) -> Plan:
        return Plan(
            [
                PlannedDocument(
                    kind=aws.ec2.VpcEndpoint,
                    logical_name=f"{self._stem}-{service.key}",
                    property_path="policy",
                    document=endpoint_policy(self._args.scope, service.key),
                )
                for service in self._made
            ]
        )

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.scope.naming.label(logical_name))

    def _bind_group(self) -> BoundReference:
        reference = "security-group/endpoints"
        adopted = self._args.adopted.security_group_id
        if adopted:
            return BoundReference.adopted(reference, adopted)
        return BoundReference.to(reference, self._create_group())

    def _create_group(self) -> aws.ec2.SecurityGroup:
        logical_name = f"{self._stem}-group"
        return aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._args.vpc_id,
            description="Carried by the VPC endpoints: admits the workload group on 443, reaches nothing",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_endpoint(self, service: EndpointService) -> aws.ec2.VpcEndpoint:
        logical_name = f"{self._stem}-{service.key}"
        policy = self._plan.rendered(aws.ec2.VpcEndpoint, logical_name, "policy")
        service_name = service.service_name(self._args.scope.naming.region)
        if service.gateway:
            return aws.ec2.VpcEndpoint(
                logical_name,
                vpc_id=self._args.vpc_id,
                service_name=service_name,
                vpc_endpoint_type="Gateway",
                route_table_ids=list(self._args.route_table_ids),
                policy=policy,
                tags=self._tags(logical_name),
                opts=self.child_options(),
            )
        return aws.ec2.VpcEndpoint(
            logical_name,
            vpc_id=self._args.vpc_id,
            service_name=service_name,
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            service_region=service.service_region(self._args.scope.naming.region),
            dns_options=DNS_FOR_OUTSIDE_CLIENTS if service.for_outside_clients else None,
            subnet_ids=self._subnets(service),
            security_group_ids=[self.endpoints_security_group_id],
            policy=policy,
            tags=self._tags(logical_name),
            # AWS takes an interface with such names only where the gateway stands already.
            opts=self.child_options(depends_on=self._gateways if service.for_outside_clients else None),
        )

    def _subnets(self, service: EndpointService) -> list[pulumi.Input[str]]:
        return [self._args.subnet_ids[zone] for zone in self._args.zones.get(service.key, self._args.subnet_ids)]

    def _create_ingress_from_workloads(self) -> aws.vpc.SecurityGroupIngressRule:
        logical_name = f"{self._stem}-from-workloads"
        return aws.vpc.SecurityGroupIngressRule(
            logical_name,
            security_group_id=self.endpoints_security_group_id,
            referenced_security_group_id=self._args.workload_security_group_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="Notebooks, jobs and models call AWS services",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_egress_to_endpoints(self) -> aws.vpc.SecurityGroupEgressRule:
        logical_name = f"{self._stem}-workloads-to-endpoints"
        return aws.vpc.SecurityGroupEgressRule(
            logical_name,
            security_group_id=self._args.workload_security_group_id,
            referenced_security_group_id=self.endpoints_security_group_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="Workloads call AWS services through the VPC endpoints",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_egress_to_s3(self) -> aws.vpc.SecurityGroupEgressRule:
        logical_name = f"{self._stem}-workloads-to-s3"
        return aws.vpc.SecurityGroupEgressRule(
            logical_name,
            security_group_id=self._args.workload_security_group_id,
            prefix_list_id=self.s3_prefix_list_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="Workloads reach S3 through the gateway endpoint",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )
