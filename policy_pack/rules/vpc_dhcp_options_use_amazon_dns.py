"""A host that asks another name server than the network's own passes by the DNS firewall and its log.

Source: Amazon VPC User Guide, "DHCP option sets in Amazon VPC", domain name servers (default: AmazonProvidedDNS).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

AMAZON = "AmazonProvidedDNS"
SERVERS = ("domainNameServers[]", "netbiosNameServers[]")


def validate(dhcp: Resource, options: Options) -> Findings:
    """Yield a finding for each name server that is neither Amazon's nor listed."""
    for path in SERVERS:
        for found in dhcp.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.value not in (AMAZON, *options.texts("allowedServers")):
                yield Violation(f"{found.where} is a name server that is not the network's own")


RULE = Rule(
    id="vpc-dhcp-options-use-amazon-dns",
    title="Hosts ask the network's own name server",
    kind=Kind.RESOURCE,
    types=("aws:ec2/vpcDhcpOptions:VpcDhcpOptions",),
    paths=SERVERS,
    severity=Severity.MEDIUM,
    remediation="Set domainNameServers to AmazonProvidedDNS, or leave it out.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html",
    options={"allowedServers": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
