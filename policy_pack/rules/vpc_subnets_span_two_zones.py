"""A network in one zone is away when the zone is, and hosting needs two.

Zones are counted by what the program names; one that AWS chooses is not known before the subnet is made.

Source: Amazon VPC User Guide, "Subnets for your VPC"; SageMaker API Reference, VpcConfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import as_registered
from rule import Kind, Level, Rule, Severity, Violation, integer
from siblings import find

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

VPC, SUBNET = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"
ZONES = ("availabilityZoneId", "availabilityZone")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each network whose subnets name fewer zones than needed."""
    subnets = find(stack, (VPC,), (SUBNET,), "vpcId")
    for network in subnets.parents:
        zones = {_zone(one) for one in subnets.of[network.urn]} - {None}
        if len(zones) < options["minZones"]:
            yield Violation(f"its subnets name {len(zones)} zones, and need {options['minZones']} or more", network.urn)


def _zone(subnet: Resource) -> object:
    found = [as_registered(subnet).read(path) for path in ZONES]
    return next((one.value for one in found if one.present), None)


RULE = Rule(
    id="vpc-subnets-span-two-zones",
    title="The private subnets lie in two zones",
    kind=Kind.STACK,
    types=(VPC, SUBNET),
    paths=(*(f"Subnet:{path}" for path in ZONES), "Subnet:vpcId"),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Name two zones.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    frameworks=("prowler vpc_subnet_different_az",),
    options={"minZones": integer(2, minimum=1)},
    seed=("S2",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
