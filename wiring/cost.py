"""What the network costs, as outputs that the preview prints and `pulumi stack output` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from components.endpoint_services import services_for
from components.network_cost import NetworkBuilt, cost_report, listed_prices, savings_report
from components.service_names import allowed_names
from settings import DnsMode, Feature

if TYPE_CHECKING:
    from wiring.site import Site


def report_cost(site: Site) -> None:
    """Add up the fixed cost of a month and what one thing fewer would save."""
    built = network_built(site)
    prices = {**listed_prices(built.region), **site.settings.prices.given}
    pulumi.export("report-network-cost", cost_report(built, prices))
    pulumi.export("report-network-savings", savings_report(built, prices))


def network_built(site: Site) -> NetworkBuilt:
    """Return what of the network is paid for."""
    chosen = site.settings
    asked = {service.key for service in services_for(chosen.features)}
    interfaces = [service.key for service in site.services if not service.gateway]
    return NetworkBuilt(
        region=chosen.region,
        features=tuple(sorted(feature.value for feature in chosen.features)),
        endpoints=site.endpoint_zones,
        gateways=tuple(service.key for service in site.services if service.gateway),
        also=tuple(key for key in interfaces if key not in asked),
        bastion=chosen.bastion.instance_type if Feature.BASTION in chosen.features else None,
        firewall_domains=_firewall_domains(site),
        # Where clients come in by a private line, the resolver answers them at an address of each zone.
        resolver_addresses=len(chosen.network.zones) if chosen.network.on_premises else 0,
        logs=("flow logs", "DNS query logs", *(["DNS firewall queries"] if _firewall_domains(site) else [])),
    )


def _firewall_domains(site: Site) -> int:
    """Return how many names the DNS firewall keeps: those it answers, and the star that stands for all others."""
    chosen = site.settings.network.dns_firewall
    if chosen.mode is DnsMode.OFF:
        return 0
    keys = (service.key for service in site.services)
    naming = site.naming
    names = allowed_names(keys, region=naming.region, partition=naming.partition, inside=chosen.inside_domains)
    return len(names) + 1
