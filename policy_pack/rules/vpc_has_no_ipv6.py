"""IPv6 addresses of a network are routable everywhere, so a private plan of addresses protects nobody any more.

Source: Amazon VPC User Guide, "IP addressing for your VPCs and subnets".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_off, must_not_be_given
from rule import Kind, Rule, Severity, flag

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

RANGES: dict[str, tuple[str, ...]] = {
    "aws:ec2/vpc:Vpc": ("ipv6CidrBlock", "ipv6IpamPoolId"),
    "aws:ec2/subnet:Subnet": ("ipv6CidrBlock",),
    "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation": ("vpcId",),
}
FLAGS: dict[str, str] = {
    "aws:ec2/vpc:Vpc": "assignGeneratedIpv6CidrBlock",
    "aws:ec2/subnet:Subnet": "ipv6Native",
}


def validate(network: Resource, options: Options) -> Findings:
    """Yield a finding for each way in which a network gets addresses of IPv6, unless the option allows them."""
    if options["allowIpv6"]:
        return
    for path in RANGES[network.type]:
        yield from must_not_be_given(network, path, why="the network gets addresses of IPv6")
    if network.type in FLAGS:
        yield from must_be_off(network, FLAGS[network.type], why="the network gets addresses of IPv6")


RULE = Rule(
    id="vpc-has-no-ipv6",
    title="The network has no IPv6 range",
    kind=Kind.RESOURCE,
    types=tuple(RANGES),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in RANGES.items() for path in paths),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in FLAGS.items()),
    ),
    severity=Severity.MEDIUM,
    remediation="Remove the IPv6 range, or allow it and hold the IPv6 rules too.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
    options={"allowIpv6": flag(default=False)},
    mirrored_by=("SCP",),
    validate=validate,
)
