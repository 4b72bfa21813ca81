"""What nobody adopted keeps what AWS put into it, and what somebody puts into it later.

The default network ACL lets everything through, and the main route table serves each subnet that somebody adds without
an association. What the adopted parts hold is judged by vpc-default-parts-are-empty.

Source: Amazon VPC User Guide, "Default network ACL" and "Subnet route tables", main route table.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from network_acls import DEFAULT_ACL
from origins import Origins
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

VPC = "aws:ec2/vpc:Vpc"
PARTS: dict[str, str] = {
    DEFAULT_ACL: "defaultNetworkAclId",
    "aws:ec2/defaultRouteTable:DefaultRouteTable": "defaultRouteTableId",
}


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each default part of a network that is not adopted exactly once."""
    networks = Origins(stack, VPC)
    for kind, path in PARTS.items():
        adopted = Counter(network.urn for part in stack.of_type(kind) for network in networks.of(part, path).resources)
        for network in stack.of_type(VPC):
            if adopted[network.urn] != 1:
                name = kind.rsplit(":", 1)[-1]
                text = f"it has {adopted[network.urn]} {name} resources, and needs exactly one"
                yield Violation(text, network.urn)


RULE = Rule(
    id="vpc-default-parts-are-adopted",
    title="The default network ACL and the main route table of each network are adopted",
    kind=Kind.STACK,
    types=(VPC, *PARTS),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in PARTS.items()),
    severity=Severity.MEDIUM,
    remediation="Add a DefaultNetworkAcl and a DefaultRouteTable for the VPC that hold nothing.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
