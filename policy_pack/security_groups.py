"""The three ways in which a rule gets into a security group, read alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rule import Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Reading
    from resources import Resource, Stack
    from rule import Finding

GROUP = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
GROUPS = (GROUP, DEFAULT_GROUP)
RULES = (RULE, INGRESS_RULE, EGRESS_RULE)

ADDRESSES = {
    **dict.fromkeys(
        GROUPS,
        ("ingress[].cidrBlocks[]", "ingress[].ipv6CidrBlocks[]", "egress[].cidrBlocks[]", "egress[].ipv6CidrBlocks[]"),
    ),
    RULE: ("cidrBlocks[]", "ipv6CidrBlocks[]"),
    INGRESS_RULE: ("cidrIpv4", "cidrIpv6"),
    EGRESS_RULE: ("cidrIpv4", "cidrIpv6"),
}
"""Where each type names address ranges."""


@dataclass(frozen=True)
class Ports:
    """Protocol and ports of one inbound rule, and the resource that holds it."""

    holder: Resource
    protocol: Reading
    first: Reading
    last: Reading

    def findings(self, port: int) -> Iterator[Finding]:
        """Yield a finding unless the rule admits TCP on one port and nothing else."""
        readings = (self.protocol, self.first, self.last)
        unread = [reading for reading in readings if reading.unknown]
        for reading in unread:
            yield Undecided(reading, self.holder.urn)
        admitted = (self.protocol.value in ("tcp", "6"), self.first.value == port, self.last.value == port)
        if not unread and not all(admitted):
            places = ", ".join(reading.where for reading in readings)
            yield Violation(f"an inbound rule admits more than TCP {port} ({places})", self.holder.urn)


def inline_ingress(group: Resource) -> list[Ports]:
    """Return the inbound rules inside a group; none where the program left them out."""
    if group.left_out("ingress"):
        return []
    columns = (group.each(f"ingress[].{part}") for part in ("protocol", "fromPort", "toPort"))
    return [Ports(group, *readings) for readings in zip(*columns, strict=True)]


def ingress_of(rule: Resource) -> Ports | None:
    """Return what a rule resource admits; None where it speaks of the other direction."""
    if rule.type == EGRESS_RULE or (rule.type == RULE and rule.read("type").value == "egress"):
        return None
    protocol = "protocol" if rule.type == RULE else "ipProtocol"
    return Ports(rule, rule.read(protocol), rule.read("fromPort"), rule.read("toPort"))


def rule_resources(stack: Stack) -> Iterator[Resource]:
    """Yield the rules that are resources of their own."""
    return stack.of_type(*RULES)
