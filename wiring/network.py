"""The closed network and the doors in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.addressing import subnet_plan
from components.closed_network import ClosedNetwork, ClosedNetworkArgs
from components.documents.scope import LOGS
from components.name_firewall import NameFirewall, NameFirewallArgs
from components.network_logs import NetworkLogs, NetworkLogsArgs
from components.service_endpoints import ServiceEndpoints, ServiceEndpointsArgs
from components.service_names import allowed_names
from settings import DnsMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from components.data_key import DataKey
    from wiring.site import Site


@dataclass(frozen=True, kw_only=True)
class Network:
    """What the other parts use of the network."""

    closed: ClosedNetwork
    endpoints: ServiceEndpoints

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return what documents may name: VPC, subnets, groups, endpoints."""
        return {**self.closed.references, **self.endpoints.references}


def raise_network(site: Site, keys: Mapping[str, DataKey]) -> Network:
    """Make the VPC without a way out, its endpoints and its record."""
    closed = _raise_closed_network(site)
    endpoints = _raise_endpoints(site, closed)
    _raise_logs(site, closed, keys[LOGS])
    _raise_name_firewall(site, closed)
    pulumi.export("vpc-id", closed.vpc_id)
    pulumi.export("endpoint-ids", endpoints.endpoint_ids)
    return Network(closed=closed, endpoints=endpoints)


def _raise_closed_network(site: Site) -> ClosedNetwork:
    plan = site.settings.network
    arguments = ClosedNetworkArgs(
        naming=site.naming,
        cidr=plan.cidr,
        subnets=subnet_plan(plan.cidr, plan.zones, subnet_prefix=plan.subnet_prefix, given=plan.subnets),
        s3_ranges=plan.s3_ranges,
        on_premises=plan.on_premises,
    )
    return ClosedNetwork("network", arguments, site.options)


def _raise_endpoints(site: Site, closed: ClosedNetwork) -> ServiceEndpoints:
    arguments = ServiceEndpointsArgs(
        scope=site.scope,
        services=site.services,
        vpc_id=closed.vpc_id,
        route_table_id=closed.route_table_id,
        subnet_ids=closed.subnet_ids,
        workload_security_group_id=closed.workload_security_group_id,
        zones=site.endpoint_zones,
    )
    return ServiceEndpoints("endpoints", arguments, site.options)


def _raise_logs(site: Site, closed: ClosedNetwork, key: DataKey) -> None:
    choice = site.settings.network.flow_logs
    arguments = NetworkLogsArgs(
        scope=site.scope,
        vpc_id=closed.vpc_id,
        key_arn=key.key_arn,
        retention_days=choice.retention_days,
        bucket_arn=site.naming.bucket_arn_of(choice.bucket) if choice.bucket else None,
        protect=site.protect,
    )
    NetworkLogs("network-logs", arguments, site.options)


def _raise_name_firewall(site: Site, closed: ClosedNetwork) -> None:
    choice = site.settings.network.dns_firewall
    if choice.mode is DnsMode.OFF:
        return
    names = allowed_names(
        (service.key for service in site.services),
        region=site.naming.region,
        partition=site.naming.partition,
        inside=choice.inside_domains,
    )
    arguments = NameFirewallArgs(
        naming=site.naming, vpc_id=closed.vpc_id, names=names, alert_only=choice.mode is DnsMode.ALERT
    )
    NameFirewall("names", arguments, site.options)
