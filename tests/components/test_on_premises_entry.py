"""What clients that come by a private line may reach."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

import pytest

from components.on_premises_entry import OnPremisesEntry, OnPremisesEntryArgs

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.naming import Naming
    from tests.components.recording import Recording

OFFICE, BRANCH = IPv4Network("10.20.0.0/16"), IPv4Network("172.16.4.0/24")
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def arguments(naming: Naming, **changes: Any) -> OnPremisesEntryArgs:
    given: dict[str, Any] = {
        "naming": naming,
        "vpc_id": "vpc-1",
        "subnet_ids": {"apne1-az1": "subnet-1", "apne1-az4": "subnet-4"},
        "ranges": (OFFICE, BRANCH),
        "endpoints_security_group_id": "sg-endpoints",
    }
    return OnPremisesEntryArgs(**(given | changes))


@pytest.fixture
def entry(run: Callable[..., Recording], naming: Naming) -> Recording:
    return run(lambda: OnPremisesEntry("on-premises", arguments(naming)))


def test_the_given_networks_ask_for_names_and_call_endpoints_and_nothing_else(entry: Recording) -> None:
    rules = {
        (
            each.inputs["cidrIpv4"],
            each.inputs["securityGroupId"],
            each.inputs["ipProtocol"],
            each.inputs["fromPort"],
            each.inputs["toPort"],
        )
        for each in entry.of(INGRESS)
    }
    assert rules == {
        rule
        for cidr in ("10.20.0.0/16", "172.16.4.0/24")
        for rule in (
            (cidr, "id-of-on-premises-group", "tcp", 53, 53),
            (cidr, "id-of-on-premises-group", "udp", 53, 53),
            (cidr, "sg-endpoints", "tcp", 443, 443),
        )
    }
    assert all(len(each.inputs["description"]) > 20 for each in entry.of(INGRESS))


def test_the_resolver_answers_in_every_zone_and_asks_nobody(entry: Recording) -> None:
    endpoint = entry.one("aws:route53/resolverEndpoint:ResolverEndpoint").inputs
    assert endpoint["direction"] == "INBOUND"
    assert [each["subnetId"] for each in endpoint["ipAddresses"]] == ["subnet-1", "subnet-4"]
    assert endpoint["securityGroupIds"] == ["id-of-on-premises-group"]
    assert entry.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") == []


@pytest.mark.parametrize("changes", [{"ranges": ()}, {"subnet_ids": {"apne1-az1": "subnet-1"}}])
def test_an_entry_for_nobody_or_with_one_address_is_refused(naming: Naming, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="two addresses only"):
        arguments(naming, **changes)
