"""Checks of one setting against another, made of whatever can be read, so that one problem does not hide the next."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from .adopted import S3, adopted_findings, other_vpc, overlapping, zones_findings
from .arns import Home, check_deployer
from .audit import audit_findings, budget_findings
from .bastion import bastion_findings, has_bastion
from .deployment import deployment_findings, deployment_roles
from .endpoints import endpoint_findings, feature_findings, raised_endpoints, stage_findings
from .federation import federated_people, federation_findings, people_findings_of_choice
from .findings import finding_at
from .flow_logs import flow_log_findings
from .invokers import invoker_findings, invoking_roles
from .model import AccountId, QuotaSettings
from .network import NetworkFacts, network_findings
from .network_model import Cidr, OtherNetwork, SubnetPrefix
from .partners import partner_findings
from .people import limit_findings, people_findings, people_quota_findings
from .problems import Finding, RefusedError, shown
from .regions import partition_of
from .stores import store_findings
from .tenants import group_findings, name_findings, quota_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def compared(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what no single value shows."""
    region = tree.get("aws:region")
    partition = partition_of(region) if isinstance(region, str) else None
    home = Home(
        partition=partition,
        account_id=_read(AccountId, tree.get("account-id")),
        region=region if partition else None,
    )
    tenants = tree.get("tenants")
    tenants = tenants if isinstance(tenants, dict | list) else []
    names = sorted({name for name in tenants if isinstance(name, str)})
    count = len(names)
    deployer = _list(tree, "deployer")
    yield from _deployer(deployer, tree, home)
    yield from _network(tree, home.region, count)
    yield from flow_log_findings(tree)
    yield from bastion_findings(tree, names)
    yield from audit_findings(tree, home, deployer)
    yield from budget_findings(tree, home, names)
    yield from feature_findings(_list(tree, "features"), home.region)
    yield from stage_findings(tree)
    yield from endpoint_findings(tree)
    yield from name_findings(tenants, _list(tree, "retired"))
    yield from store_findings(tree, home, deployer)
    yield from partner_findings(tree, home)
    yield from _people(tree, home, names)
    yield from limit_findings(tree)
    for key in ("deployer", "features", "retired"):
        yield from _repeated(key, tree)
    quotas = _read(QuotaSettings, tree.get("quotas", {}))
    if quotas:
        arns = [each for each in deployer if isinstance(each, str)]
        yield from people_quota_findings(tree, quotas.iam_users, quotas.groups_per_user)
        yield from quota_findings(count, arns, quotas.iam_roles, _platform_roles(tree), _further_roles(tree))
        network = tree.get("network")
        ranges = _list(network, "on-premises") if isinstance(network, dict) else []
        yield from group_findings(count, len(ranges), quotas.security_groups, quotas.security_group_rules)


def _people(tree: Mapping[str, Any], home: Home, tenants: list[str]) -> Iterator[Finding]:
    yield from people_findings_of_choice(tree, tenants)
    yield from people_findings(tree, tenants)
    yield from federation_findings(tree, home)
    yield from deployment_findings(tree)
    yield from invoker_findings(tree, home, tenants)


def _further_roles(tree: Mapping[str, Any]) -> dict[str, int]:
    """Return how many roles people and callers take, beside the tenants' own."""
    return {
        "federated people": federated_people(tree),
        "deployments": deployment_roles(tree),
        "invokers": invoking_roles(tree),
    }


def _platform_roles(tree: Mapping[str, Any]) -> Iterator[str]:
    """Say whose roles there are beside the deployer's and the tenants'."""
    network = tree.get("network")
    flow_logs = network.get("flow-logs") if isinstance(network, dict) else None
    if not isinstance(flow_logs, dict) or "bucket" not in flow_logs:
        yield "the flow log"
    if has_bastion(tree):
        yield "the bastion"
    if tree.get("people"):
        yield "emergencies"
    budgets, audit = tree.get("budgets"), tree.get("audit")
    if isinstance(budgets, dict) and budgets.get("stop", True) is True:
        yield "the stop of budgets"
    if isinstance(audit, dict) and audit.get("trail-log-group") is True:
        yield "the trail's log group"


def _deployer(deployer: list[Any], tree: Mapping[str, Any], home: Home) -> Iterator[Finding]:
    for position, arn in enumerate(deployer):
        if not isinstance(arn, str):
            continue
        try:
            check_deployer(arn, home)
        except RefusedError as refusal:
            place = ("deployer", position)
            yield finding_at(place, shown(arn), tree, why=refusal.why, allowed=refusal.allowed, instead=refusal.instead)


def _network(tree: Mapping[str, Any], region: str | None, tenants: int) -> Iterator[Finding]:
    given, endpoints = tree.get("network"), raised_endpoints(tree)
    if not isinstance(given, dict):
        return
    yield from adopted_findings(given, (S3, *endpoints))
    adopt = given.get("adopt")
    own = _read(Cidr, (adopt if isinstance(adopt, dict) else given).get("cidr"))
    if own:
        yield from overlapping(own, [_read(OtherNetwork, each) for each in _list(given, "on-premises")])
    there = adopt.get("endpoints") if isinstance(adopt, dict) else None
    made = set(endpoints) - set(there if isinstance(there, dict) else ())
    # The inbound resolver endpoint takes an address of each zone as well.
    interfaces = len(made) + bool(given.get("on-premises"))
    facts = _facts(given, region, tenants, interfaces, bastion=has_bastion(tree))
    if not isinstance(adopt, dict):
        yield from network_findings(facts)
        return
    cidr, cidrs = _read(Cidr, adopt.get("cidr")), adopt.get("subnet-cidrs")
    yield from zones_findings(adopt, region)
    if cidr and isinstance(cidrs, dict):
        yield from other_vpc(cidr, {str(zone): _read(Cidr, each) for zone, each in cidrs.items()}, facts)


def _facts(
    network: Mapping[str, Any], region: str | None, tenants: int, endpoints: int, *, bastion: bool
) -> NetworkFacts:
    zones, subnets = network.get("zones"), network.get("subnets")
    read = {zone: _read(Cidr, each) for zone, each in subnets.items()} if isinstance(subnets, dict) else None
    return NetworkFacts(
        region=region,
        cidr=_read(Cidr, network.get("cidr")),
        zones=zones if isinstance(zones, list) else None,
        subnets=read if read is None else {str(zone): each for zone, each in read.items()},
        subnet_prefix=_read(SubnetPrefix, network.get("subnet-prefix")),
        tenants=tenants,
        bastion=bastion,
        endpoints=endpoints,
    )


def _repeated(key: str, tree: Mapping[str, Any]) -> Iterator[Finding]:
    items = _list(tree, key)
    for position, each in enumerate(items):
        if isinstance(each, str) and each in items[:position]:
            yield Finding(
                place=(key, position),
                given=shown(each),
                allowed="each entry once",
                why="this entry is listed before, so one of the two was meant to be another",
            )


def _list(tree: Mapping[str, Any], key: str) -> list[Any]:
    found = tree.get(key)
    return found if isinstance(found, list) else []


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401  an annotated type has no type of its own
    return TypeAdapter(kind)


def _read(kind: Any, value: object) -> Any:  # noqa: ANN401  an annotated type has no type of its own
    """Return a value as its type reads it; None where it is refused, which is reported elsewhere."""
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError:
        return None
