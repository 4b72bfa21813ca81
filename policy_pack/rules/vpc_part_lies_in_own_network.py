"""A subnet, group or endpoint of another network has that network's routes and gateways, which nobody here has judged.

The network is one of this stack or adopted. A security group that names none lies in the default network.

Source: Amazon EC2 API Reference, CreateSubnet, CreateSecurityGroup (VpcId; default: the default VPC) and
CreateVpcEndpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Violation, texts
from security_groups import DEFAULT_GROUP, GROUP

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

VPC = "aws:ec2/vpc:Vpc"
PLACES: dict[str, str] = {
    "aws:ec2/subnet:Subnet": "vpcId",
    "aws:ec2/routeTable:RouteTable": "vpcId",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpcId",
    "aws:s3/accessPoint:AccessPoint": "vpcConfiguration.vpcId",
    "aws:sagemaker/domain:Domain": "vpcId",
    GROUP: "vpcId",
    DEFAULT_GROUP: "vpcId",
    "aws:ec2/networkAcl:NetworkAcl": "vpcId",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "defaultNetworkAclId",
    "aws:ec2/defaultRouteTable:DefaultRouteTable": "defaultRouteTableId",
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": "vpcId",
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": "vpcId",
    "aws:ec2/flowLog:FlowLog": "vpcId",
    "aws:route53/resolverConfig:ResolverConfig": "resourceId",
    "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": "resourceId",
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": "vpcId",
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": "resourceId",
    "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": "vpcId",
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each part of a network that is neither of this stack nor adopted."""
    networks, adopted = Origins(stack, VPC), stack_config.adopted("vpc", options.texts("adoptedVpcIds"))
    for kind, path in PLACES.items():
        for part in stack.of_type(kind):
            yield from networks.strangers(part, path, "is a network that is neither of this stack nor adopted", adopted)
            if kind in (GROUP, DEFAULT_GROUP) and not as_registered(part).read(path).given:
                yield Violation(f"{path} is absent: AWS then takes the default network", part.urn)


RULE = Rule(
    id="vpc-part-lies-in-own-network",
    title="Subnets, groups, route tables and endpoints lie in a network of the stack",
    kind=Kind.STACK,
    types=(*PLACES, VPC),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in PLACES.items()),
    severity=Severity.HIGH,
    remediation="Take the id from the network that the platform creates, or list the adopted one.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html",
    options={"adoptedVpcIds": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
