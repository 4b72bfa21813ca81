"""The way in for clients that come by a private line: names, and the endpoints behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, PlatformComponent, platform_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ipaddress import IPv4Network

    import pulumi

    from components.naming import Naming

DNS, HTTPS = 53, 443
PROTOCOLS = ("tcp", "udp")


@dataclass(frozen=True, kw_only=True)
class OnPremisesEntryArgs:
    """Which networks come in, and where to: the resolver answers in two or more of the subnets, by zone id."""

    naming: Naming
    vpc_id: pulumi.Input[str]
    subnet_ids: Mapping[str, pulumi.Input[str]]
    ranges: Sequence[IPv4Network]
    endpoints_security_group_id: pulumi.Input[str]

    def __post_init__(self) -> None:
        if not self.ranges or len(self.subnet_ids) < 2:
            raise ValueError(
                f"ranges: {len(self.ranges)}, subnet_ids: {len(self.subnet_ids)} given; one range or more and two "
                "subnets or more are needed, because Route 53 takes an inbound endpoint with two addresses only; leave "
                "the part out where nobody comes in by a private line"
            )


class OnPremisesEntry(PlatformComponent):
    """What clients at the other end of Direct Connect, VPN or peering need: names to ask for, endpoints to call.

    Creates: an inbound endpoint of the VPC's resolver with a security group of its own, the rules by which the given
    networks ask it for names, and the rules by which they call the interface endpoints.
    Guarantee: nobody but the given networks, nothing but names and 443, and never into a workload.
    It does not make the private line, and it lets nothing out: the resolver endpoint only answers.
    """

    def __init__(self, name: str, args: OnPremisesEntryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:network:OnPremisesEntry", name, {}, opts)
        self._stem = name
        self._args = args
        self._group = self._create_group()
        for each in args.ranges:
            for protocol in PROTOCOLS:
                self._create_rule(self._group.id, each, f"asks-by-{protocol}", protocol, DNS)
            self._create_rule(args.endpoints_security_group_id, each, "calls-endpoints", "tcp", HTTPS)
        self._resolver = self._create_resolver_endpoint()
        self.publish(BoundReference.to("security-group/resolver", self._group))

    @property
    def resolver_endpoint_id(self) -> pulumi.Output[str]:
        """Return the id of the inbound endpoint; its addresses are what the other networks forward queries to."""
        return self._resolver.id

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.naming.label(logical_name))

    def _create_group(self) -> aws.ec2.SecurityGroup:
        logical_name = f"{self._stem}-group"
        return aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._args.vpc_id,
            description="Carried by the inbound resolver endpoint: admits questions for names, reaches nothing",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_rule(
        self, group_id: pulumi.Input[str], cidr: IPv4Network, role: str, protocol: str, port: int
    ) -> aws.vpc.SecurityGroupIngressRule:
        place = str(cidr).replace("/", "-")
        logical_name = f"{self._stem}-{place}-{role}"
        # By address: networks outside have no security group to name.
        return aws.vpc.SecurityGroupIngressRule(
            logical_name,
            security_group_id=group_id,
            cidr_ipv4=str(cidr),
            ip_protocol=protocol,
            from_port=port,
            to_port=port,
            description=f"{cidr}, which comes in by a private line, {role.replace('-', ' ')}",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_resolver_endpoint(self) -> aws.route53.ResolverEndpoint:
        logical_name = f"{self._stem}-resolver"
        return aws.route53.ResolverEndpoint(
            logical_name,
            name=self._args.naming.label(logical_name),
            direction="INBOUND",
            resolver_endpoint_type="IPV4",
            protocols=["Do53"],
            ip_addresses=[
                aws.route53.ResolverEndpointIpAddressArgs(subnet_id=subnet) for subnet in self._args.subnet_ids.values()
            ],
            security_group_ids=[self._group.id],
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )
