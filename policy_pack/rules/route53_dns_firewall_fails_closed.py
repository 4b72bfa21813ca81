"""A firewall that opens when it cannot decide is opened by whoever overloads it.

Source: Amazon Route 53 API Reference, UpdateFirewallConfig, FirewallFailOpen (disabled by default).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dns_firewalls import CONFIG
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(config: Resource, _options: Options) -> Findings:
    """Yield a finding unless failing open is left out or disabled."""
    found = config.read("firewallFailOpen")
    if found.unknown:
        yield Undecided(found)
    elif found.given and found.value != "DISABLED":
        yield Violation("firewallFailOpen lets names through that the firewall could not judge")


RULE = Rule(
    id="route53-dns-firewall-fails-closed",
    title="The DNS firewall blocks when it cannot decide",
    kind=Kind.RESOURCE,
    types=(CONFIG,),
    paths=("firewallFailOpen",),
    severity=Severity.MEDIUM,
    remediation="Remove firewallFailOpen or set it to DISABLED.",
    url="https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallConfig.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
