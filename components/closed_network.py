"""The network without a way out: VPC, private subnets, one empty route table and ACL, the shared workload group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import pulumi_aws as aws

from components.base import BoundReference, PlatformComponent, platform_tags
from components.network_acl import acl_entries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ipaddress import IPv4Network

    import pulumi

    from components.naming import Naming
    from components.network_acl import AclEntry

# AWS reads entries by number; gaps leave room to put one between others by hand in an emergency.
ACL_STEP = 100


class _AclArguments(TypedDict):
    rule_no: int
    action: str
    protocol: str
    from_port: int
    to_port: int
    cidr_block: str


@dataclass(frozen=True, kw_only=True)
class ClosedNetworkArgs:
    """What a closed network is made of.

    `cidr` is the network of the VPC, `subnets` maps zone ids such as ``apne1-az1`` to networks inside it. The network
    ACL lets HTTPS out to `s3_ranges`, to every address where none is given, and HTTPS and names in from `on_premises`,
    networks that come in by a private line.
    """

    naming: Naming
    cidr: IPv4Network
    subnets: Mapping[str, IPv4Network]
    s3_ranges: tuple[IPv4Network, ...] = ()
    on_premises: tuple[IPv4Network, ...] = ()

    def __post_init__(self) -> None:
        outside = [f"{zone}: {network}" for zone, network in self.subnets.items() if not network.subnet_of(self.cidr)]
        if len(self.subnets) < 2:
            raise ValueError(
                f"subnets: {len(self.subnets)} given, two or more in different zones are allowed, hosting needs two "
                "zones; take the mapping that subnet_plan returns"
            )
        if outside:
            raise ValueError(
                f"subnets: {', '.join(outside)} given, networks inside {self.cidr} are allowed, a subnet is part of "
                "its VPC; take the mapping that subnet_plan returns"
            )


class ClosedNetwork(PlatformComponent):
    """A VPC from which no packet reaches the internet.

    Creates: the VPC with DNS on, a private subnet in each zone, one route table without routes associated with every
    subnet, one network ACL of the subnets, what AWS makes with a VPC (default security group, main route table,
    default network ACL) taken over and emptied, the shared `workload` security group.
    Guarantee: no gateway, no route, no public address; HTTPS and its answers alone cross the edge of a subnet; what
    lies in no subnet of ours, or under no group of ours, reaches nothing; the workload group admits nobody.
    It does not create endpoints: what leaves a workload goes only where `ServiceEndpoints` opens the workload group.
    """

    def __init__(self, name: str, args: ClosedNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:network:ClosedNetwork", name, {}, opts)
        self._stem = name
        self._args = args
        self._vpc = self._create_vpc()
        self._route_table = self._create_route_table()
        self._subnets = {zone: self._create_subnet(zone) for zone in args.subnets}
        for zone in args.subnets:
            self._create_association(zone)
        self._create_network_acl()
        self._create_emptied_default_group()
        self._create_emptied_main_routes()
        self._create_emptied_default_acl()
        self._workload = self._create_workload_group()
        self.publish(
            BoundReference.to("vpc", self._vpc),
            BoundReference.to("security-group/workload", self._workload),
            *(BoundReference.to(f"subnet/{zone}", subnet) for zone, subnet in self._subnets.items()),
        )

    @property
    def vpc_id(self) -> pulumi.Output[str]:
        """Return the id of the VPC."""
        return self._vpc.id

    @property
    def route_table_id(self) -> pulumi.Output[str]:
        """Return the id of the one route table."""
        return self._route_table.id

    @property
    def route_table_ids(self) -> list[pulumi.Output[str]]:
        """Return the ids of the route tables of the subnets: the one."""
        return [self._route_table.id]

    @property
    def subnet_ids(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the ids of the subnets by zone id."""
        return {zone: subnet.id for zone, subnet in self._subnets.items()}

    @property
    def workload_security_group_id(self) -> pulumi.Output[str]:
        """Return the id of the group that all notebooks, jobs and models carry."""
        return self._workload.id

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.naming.label(logical_name))

    def _create_vpc(self) -> aws.ec2.Vpc:
        logical_name = f"{self._stem}-vpc"
        return aws.ec2.Vpc(
            logical_name,
            cidr_block=str(self._args.cidr),
            # Private DNS names of the endpoints need both.
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_route_table(self) -> aws.ec2.RouteTable:
        logical_name = f"{self._stem}-routes"
        return aws.ec2.RouteTable(
            logical_name,
            vpc_id=self._vpc.id,
            # Empty, not absent: absent leaves routes alone that somebody added by hand.
            routes=[],
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_subnet(self, zone: str) -> aws.ec2.Subnet:
        logical_name = f"{self._stem}-subnet-{zone}"
        return aws.ec2.Subnet(
            logical_name,
            vpc_id=self._vpc.id,
            cidr_block=str(self._args.subnets[zone]),
            availability_zone_id=zone,
            map_public_ip_on_launch=False,
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_association(self, zone: str) -> aws.ec2.RouteTableAssociation:
        return aws.ec2.RouteTableAssociation(
            f"{self._stem}-routes-{zone}",
            route_table_id=self._route_table.id,
            subnet_id=self._subnets[zone].id,
            opts=self.child_options(),
        )

    def _create_emptied_default_group(self) -> aws.ec2.DefaultSecurityGroup:
        logical_name = f"{self._stem}-default-group"
        return aws.ec2.DefaultSecurityGroup(
            logical_name,
            vpc_id=self._vpc.id,
            ingress=[],
            egress=[],
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_emptied_main_routes(self) -> aws.ec2.DefaultRouteTable:
        logical_name = f"{self._stem}-main-routes"
        return aws.ec2.DefaultRouteTable(
            logical_name,
            default_route_table_id=self._vpc.default_route_table_id,
            routes=[],
            propagating_vgws=[],
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_emptied_default_acl(self) -> aws.ec2.DefaultNetworkAcl:
        logical_name = f"{self._stem}-default-acl"
        return aws.ec2.DefaultNetworkAcl(
            logical_name,
            default_network_acl_id=self._vpc.default_network_acl_id,
            # Without entries: whatever has no network ACL of its own is cut off.
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_network_acl(self) -> aws.ec2.NetworkAcl:
        logical_name = f"{self._stem}-acl"
        entries = acl_entries(self._args.cidr, s3_ranges=self._args.s3_ranges, on_premises=self._args.on_premises)
        return aws.ec2.NetworkAcl(
            logical_name,
            vpc_id=self._vpc.id,
            subnet_ids=[subnet.id for subnet in self._subnets.values()],
            # Inside the ACL, not beside it: entries that somebody adds by hand are removed by the next update.
            ingress=[aws.ec2.NetworkAclIngressArgs(**entry) for entry in _numbered(entries.inbound)],
            egress=[aws.ec2.NetworkAclEgressArgs(**entry) for entry in _numbered(entries.outbound)],
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_workload_group(self) -> aws.ec2.SecurityGroup:
        logical_name = f"{self._stem}-workload-group"
        return aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._vpc.id,
            # Rules stand beside the group, never inside it: the two styles overwrite each other.
            description="Shared by all notebooks, jobs and models: admits nobody, reaches the VPC endpoints",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )


def _numbered(entries: Sequence[AclEntry]) -> list[_AclArguments]:
    return [
        {
            "rule_no": ACL_STEP * (position + 1),
            "action": "allow",
            "protocol": entry.protocol,
            "from_port": entry.first_port,
            "to_port": entry.last_port,
            "cidr_block": str(entry.cidr),
        }
        for position, entry in enumerate(entries)
    ]
