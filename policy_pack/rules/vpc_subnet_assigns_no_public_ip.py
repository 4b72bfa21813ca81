"""A subnet that hands out public addresses makes every machine in it reachable as soon as a way exists.

Source: Amazon EC2 API Reference, ModifySubnetAttribute; default subnets map public addresses unless told otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_off
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet"
FLAGS = ("mapPublicIpOnLaunch", "assignIpv6AddressOnCreation", "mapCustomerOwnedIpOnLaunch")


def validate(subnet: Resource, _options: Options) -> Findings:
    """Yield a finding for each flag that is on, by itself or by default."""
    for path in FLAGS:
        yield from must_be_off(subnet, path, why="machines in the subnet get addresses that are routable outside")
    if subnet.type == DEFAULT_SUBNET and subnet.read(FLAGS[0]).absent:
        yield Violation(f"{FLAGS[0]} is absent: a default subnet has it on")


RULE = Rule(
    id="vpc-subnet-assigns-no-public-ip",
    title="Subnets hand out no public address",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/subnet:Subnet",
        "aws:ec2/defaultSubnet:DefaultSubnet",
    ),
    paths=(
        "mapPublicIpOnLaunch",
        "assignIpv6AddressOnCreation",
        "mapCustomerOwnedIpOnLaunch",
    ),
    severity=Severity.CRITICAL,
    remediation="Remove mapPublicIpOnLaunch and assignIpv6AddressOnCreation.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html",
    frameworks=(
        "FSBP EC2.15",
        "CKV_AWS_130",
        "prowler vpc_subnet_no_public_ip_by_default",
        "Config SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED",
    ),
    seed=("S2",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
