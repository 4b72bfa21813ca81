"""Private names of endpoints need both DNS settings; without them clients resolve public addresses and hang.

Source: Amazon EC2 API Reference, ModifyVpcAttribute (support on by default, host names off).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(vpc: Resource, _options: Options) -> Findings:
    """Yield a finding unless support is on or left out, and host names are on."""
    support = vpc.read("enableDnsSupport")
    if support.present or support.unknown:
        yield from must_be_on(vpc, "enableDnsSupport", absent="AWS turns it on")
    yield from must_be_on(vpc, "enableDnsHostnames", absent="AWS leaves it off")


RULE = Rule(
    id="vpc-dns-is-on",
    title="DNS support and host names are on",
    kind=Kind.RESOURCE,
    types=("aws:ec2/vpc:Vpc",),
    paths=(
        "enableDnsSupport",
        "enableDnsHostnames",
    ),
    severity=Severity.HIGH,
    remediation="Set enableDnsHostnames to true and leave enableDnsSupport on.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html",
    seed=("S2",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
