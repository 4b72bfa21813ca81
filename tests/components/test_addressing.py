"""The subnet plan."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.addressing import subnet_plan

CIDR = IPv4Network("10.0.0.0/16")
ZONES = ["apne1-az1", "apne1-az4"]


def test_two_zones_of_the_reference_network_get_its_first_two_subnets() -> None:
    assert subnet_plan(CIDR, ZONES) == {
        "apne1-az1": IPv4Network("10.0.0.0/24"),
        "apne1-az4": IPv4Network("10.0.1.0/24"),
    }


@given(st.integers(16, 24), st.integers(0, 6), st.integers(2, 4))
def test_subnets_lie_inside_overlap_nowhere_and_stay_when_a_zone_is_added(prefix: int, extra: int, count: int) -> None:
    cidr = IPv4Network(f"10.0.0.0/{prefix}")
    length = min(prefix + 3 + extra, 28)
    zones = [f"apne1-az{number}" for number in range(1, count + 1)]
    plan = subnet_plan(cidr, zones, subnet_prefix=length)
    longer = subnet_plan(cidr, [*zones, "apne1-az9"], subnet_prefix=length)
    assert list(plan) == zones
    assert all(network.subnet_of(cidr) for network in plan.values())
    assert not any(a.overlaps(b) for a in plan.values() for b in plan.values() if a is not b)
    assert {zone: longer[zone] for zone in zones} == plan


def test_given_subnets_are_kept_in_the_order_of_the_zones() -> None:
    own = {"apne1-az4": IPv4Network("10.0.9.0/26"), "apne1-az1": IPv4Network("10.0.8.0/24")}
    plan = subnet_plan(CIDR, ZONES, given=own)
    assert list(plan.items()) == [("apne1-az1", own["apne1-az1"]), ("apne1-az4", own["apne1-az4"])]


@pytest.mark.parametrize(
    ("zones", "subnet_prefix", "words"),
    [
        (["apne1-az1"], 24, "two or more"),
        ([], 24, "two or more"),
        (["apne1-az1", "apne1-az1"], 24, "more than once"),
        (ZONES, 15, "/16 to /28"),
        (ZONES, 29, "/16 to /28"),
        (ZONES, 16, "fewer than 2 subnets"),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused_with_what_to_write(
    zones: list[str], subnet_prefix: int, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        subnet_plan(CIDR, zones, subnet_prefix=subnet_prefix)


def test_every_problem_of_given_subnets_is_told_at_once() -> None:
    own = {
        "apne1-az1": IPv4Network("10.0.0.0/24"),
        "apne1-az2": IPv4Network("10.0.0.128/25"),
        "apne1-az3": IPv4Network("192.168.0.0/24"),
    }
    with pytest.raises(ValueError, match="none given for zone apne1-az4") as refusal:
        subnet_plan(CIDR, [*ZONES, "apne1-az3"], given=own)
    message = str(refusal.value)
    assert "apne1-az2 is no zone" in message
    assert "192.168.0.0/24 of apne1-az3 lies outside 10.0.0.0/16" in message
    assert "10.0.0.0/24 of apne1-az1 overlaps 10.0.0.128/25 of apne1-az2" in message
