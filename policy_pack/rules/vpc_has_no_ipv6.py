"""IPv6 addresses of a network are routable everywhere, so a private plan of addresses protects nobody any more.

Source: Amazon VPC User Guide, "IP addressing for your VPCs and subnets".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_among, must_be_off, must_not_be_given
from rule import Kind, Rule, Severity, Violation, flag

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
COUNTS: dict[str, tuple[str, ...]] = {
    "aws:ec2/instance:Instance": ("ipv6AddressCount", "ipv6Addresses", "enablePrimaryIpv6"),
    "aws:ec2/launchTemplate:LaunchTemplate": tuple(
        f"networkInterfaces[].{name}"
        for name in ("ipv6AddressCount", "ipv6Addresses", "ipv6PrefixCount", "ipv6Prefixes", "primaryIpv6")
    ),
}
"""Addresses that a machine asks for: a list, a number or a switch, in text too."""
FAMILIES: dict[str, tuple[str, str]] = {
    "aws:ec2/vpcEndpoint:VpcEndpoint": ("ipAddressType", "ipv4"),
    "aws:route53/resolverEndpoint:ResolverEndpoint": ("resolverEndpointType", "IPV4"),
}
NONE = (0, False, "0", "false")


def validate(network: Resource, options: Options) -> Findings:
    """Yield a finding for each way in which a network or host gets addresses of IPv6, unless the option allows them."""
    if options["allowIpv6"]:
        return
    for path in RANGES.get(network.type, ()):
        yield from must_not_be_given(network, path, why="the network gets addresses of IPv6")
    for path in COUNTS.get(network.type, ()):
        for found in network.each(path):
            if found.given and found.value not in NONE:
                yield Violation(f"{found.where} asks for addresses of IPv6")
    if network.type in FAMILIES and network.read(FAMILIES[network.type][0]).given:
        path, only = FAMILIES[network.type]
        yield from must_be_among(network, path, (only,), absent="AWS takes IPv4")
    if network.type in FLAGS:
        yield from must_be_off(network, FLAGS[network.type], why="the network gets addresses of IPv6")


RULE = Rule(
    id="vpc-has-no-ipv6",
    title="Networks and hosts have no IPv6 addresses",
    kind=Kind.RESOURCE,
    types=(*RANGES, *COUNTS, *FAMILIES),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in RANGES.items() for path in paths),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in COUNTS.items() for path in paths),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, (path, _) in FAMILIES.items()),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in FLAGS.items()),
    ),
    severity=Severity.MEDIUM,
    remediation="Remove the IPv6 range, or allow it and hold the IPv6 rules too.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
    options={"allowIpv6": flag(default=False)},
    mirrored_by=("SCP",),
    validate=validate,
)
