"""The closed network and the doors in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.addressing import subnet_plan
from components.adopted_network import AdoptedNetwork, AdoptedNetworkArgs
from components.closed_network import ClosedNetwork, ClosedNetworkArgs
from components.documents.scope import LOGS
from components.name_firewall import NameFirewall, NameFirewallArgs
from components.network_logs import NetworkLogs, NetworkLogsArgs
from components.on_premises_entry import OnPremisesEntry, OnPremisesEntryArgs
from components.service_endpoints import AdoptedEndpoints, ServiceEndpoints, ServiceEndpointsArgs
from components.service_names import allowed_names
from components.to_verify import of_log_bucket, to_verify
from settings import DnsMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from components.data_key import DataKey
    from settings import AdoptedSettings
    from wiring.site import Site

    Home = ClosedNetwork | AdoptedNetwork


@dataclass(frozen=True, kw_only=True)
class Network:
    """What the other parts use of the network."""

    closed: Home
    endpoints: ServiceEndpoints

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return what documents may name: VPC, subnets, groups, endpoints."""
        return {**self.closed.references, **self.endpoints.references}


def raise_network(site: Site, keys: Mapping[str, DataKey]) -> Network:
    """Make the VPC without a way out, its endpoints and its record."""
    adopt = site.settings.network.adopt
    closed = _raise_adopted_network(site, adopt) if adopt else _raise_closed_network(site)
    endpoints = _raise_endpoints(site, closed)
    _raise_logs(site, closed, keys[LOGS])
    _raise_name_firewall(site, closed)
    if site.settings.network.on_premises:
        _raise_on_premises_entry(site, closed, endpoints)
    pulumi.export("vpc-id", closed.vpc_id)
    pulumi.export("endpoint-ids", endpoints.endpoint_ids)
    _export_questions(site)
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


def _raise_adopted_network(site: Site, adopt: AdoptedSettings) -> AdoptedNetwork:
    arguments = AdoptedNetworkArgs(
        naming=site.naming,
        vpc_id=adopt.vpc,
        subnet_ids=adopt.subnets,
        route_table_ids=adopt.route_tables,
        security_group_ids=adopt.security_groups,
    )
    return AdoptedNetwork("network", arguments, site.options)


def _export_questions(site: Site) -> None:
    """Export what is to verify after deployment, and say it at each run."""
    adopt, bucket = site.settings.network.adopt, site.settings.network.flow_logs.bucket
    questions = [*(_questions(adopt) if adopt else ()), *([of_log_bucket(bucket)] if bucket else [])]
    for each in questions:
        pulumi.log.info(f"to verify after deployment: {each}")
    if questions:
        pulumi.export("to-verify", questions)


def _questions(adopt: AdoptedSettings) -> tuple[str, ...]:
    return to_verify(
        vpc_id=adopt.vpc,
        subnet_ids=adopt.subnets,
        route_table_ids=adopt.route_tables,
        security_group_ids=adopt.security_groups,
        endpoint_ids=adopt.endpoints,
    )


def _raise_endpoints(site: Site, closed: Home) -> ServiceEndpoints:
    arguments = ServiceEndpointsArgs(
        scope=site.scope,
        services=site.services,
        vpc_id=closed.vpc_id,
        route_table_ids=closed.route_table_ids,
        subnet_ids=closed.subnet_ids,
        workload_security_group_id=closed.workload_security_group_id,
        zones=site.endpoint_zones,
        adopted=_adopted_endpoints(site),
    )
    return ServiceEndpoints("endpoints", arguments, site.options)


def _adopted_endpoints(site: Site) -> AdoptedEndpoints:
    adopt = site.settings.network.adopt
    if not adopt:
        return AdoptedEndpoints()
    return AdoptedEndpoints(
        ids=adopt.endpoints,
        security_group_id=adopt.security_groups.get("endpoints"),
        s3_prefix_list_id=adopt.s3_prefix_list,
    )


def _raise_logs(site: Site, closed: Home, key: DataKey) -> None:
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


def _raise_name_firewall(site: Site, closed: Home) -> None:
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


def _raise_on_premises_entry(site: Site, closed: Home, endpoints: ServiceEndpoints) -> None:
    arguments = OnPremisesEntryArgs(
        naming=site.naming,
        vpc_id=closed.vpc_id,
        subnet_ids=closed.subnet_ids,
        ranges=site.settings.network.on_premises,
        endpoints_security_group_id=endpoints.endpoints_security_group_id,
    )
    entry = OnPremisesEntry("on-premises", arguments, site.options)
    pulumi.export("resolver-endpoint-id", entry.resolver_endpoint_id)
