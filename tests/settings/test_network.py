"""The network: addresses, zones and subnets, alone and against each other and the tenants."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from settings import addresses_needed, interface_endpoints

StackOf = Any
ZONES = ["apne1-az1", "apne1-az4"]
FOUR: dict[str, Any] = {"tenants": {"alice": {}, "bob": {}, "carol": {}, "dave": {}}}
PLAN = {"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/24"}


@pytest.mark.parametrize(
    ("cidr", "why", "write"),
    [
        ("10.0.0.0", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("10.0.0.0/33", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("10.0.0.256/16", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("010.0.0.0/16", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("10.0.0.0/255.255.0.0", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("fd00::/56", "no IPv4 network", "cidr: 10.0.0.0/16"),
        ("10.0.0.1/16", "a host of 10.0.0.0/16", "cidr: 10.0.0.0/16"),
        ("172.20.5.0/16", "a host of 172.20.0.0/16", "cidr: 172.20.0.0/16"),
        ("8.8.0.0/16", "not all addresses of this network are private", "cidr: 10.0.0.0/16"),
        ("172.32.0.0/16", "not all addresses of this network are private", "cidr: 10.0.0.0/16"),
        ("100.0.0.0/8", "not all addresses of this network are private", "cidr: 10.0.0.0/16"),
        ("10.0.0.0/8", "larger than the /16", "cidr: 10.0.0.0/16"),
        ("192.168.4.0/29", "smaller than the /28", "cidr: 192.168.4.0/28"),
        (["10.0.0.0/16"], "no IPv4 network", "cidr: 10.0.0.0/16"),
    ],
)
def test_a_wrong_cidr_is_refused(stack_of: StackOf, cidr: object, why: str, write: str) -> None:
    problem = stack_of(cidr=cidr).only_problem("network › cidr")
    assert why in problem.why
    assert "a private IPv4 network from /16 to /28" in problem.allowed
    assert problem.write == write


@pytest.mark.parametrize("cidr", ["10.255.0.0/16", "172.31.0.0/16", "192.168.0.0/16", "100.127.0.0/16"])
def test_every_private_range_is_accepted(stack_of: StackOf, cidr: str) -> None:
    assert str(stack_of(cidr=cidr).settings().network.cidr) == cidr


def test_a_zone_name_is_told_from_an_id(stack_of: StackOf) -> None:
    problem = stack_of(zones=["apne1-az1", "ap-northeast-1a"]).only_problem("network › zones[1]")
    assert problem.path == "config › closed-sagemaker:network › zones[1]"
    assert problem.given == "ap-northeast-1a"
    assert problem.allowed == "zone ids of ap-northeast-1: apne1-az1, apne1-az2, …"
    assert "this is a zone name" in problem.why
    assert "describe-availability-zones" in problem.why
    assert problem.write == "zones: [apne1-az1, apne1-az2]"


@pytest.mark.parametrize(
    ("zones", "path", "why"),
    [
        (["apne1-az1", "use1-az4"], "network › zones[1]", "begin with `apne1`"),
        (["apne1-az1", "apne1-az1"], "network › zones[1]", "listed before"),
        (["apne1-az1", 4], "network › zones[1]", "zone ids do not"),
        (["apne1-az1", "apne1-tyo1-az1"], "network › zones[1]", "zone ids do not"),
        (["apne1-az1"], "network › zones", "two zones"),
        ([], "network › zones", "two zones"),
        ("apne1-az1", "network › zones", "two zones"),
        (None, "network › zones", "two zones"),
    ],
)
def test_wrong_zones_are_refused(stack_of: StackOf, zones: object, path: str, why: str) -> None:
    problem = stack_of(zones=zones).only_problem(path)
    assert why in problem.why
    written = yaml.safe_load(problem.write)
    stack_of(**written).settings()


def test_a_region_without_a_published_form_takes_any_zone_id(stack_of: StackOf) -> None:
    region = {"aws:region": "us-iso-east-1", "deployer": ["arn:aws-iso:iam::111122223333:role/ci-deploy"]}
    assert stack_of(region, zones=["usie1-az1", "usie1-az2"]).settings().partition == "aws-iso"


def test_the_addresses_of_a_zone_are_counted_as_aws_counts_them() -> None:
    core = interface_endpoints(["notebooks", "training", "inference"])
    assert set(core) == {"sagemaker.api", "sagemaker.runtime", "notebook", "logs", "sts"}
    assert addresses_needed(3, len(core)) == 5 + 5 + 2 * 3


@pytest.mark.parametrize(("cidr", "prefix"), [("10.0.0.0/16", 24), ("10.0.0.0/22", 25), ("10.0.0.0/25", 28)])
def test_the_size_of_a_subnet_rests_on_the_network_alone_so_that_a_zone_moves_none(
    stack_of: StackOf, cidr: str, prefix: int
) -> None:
    for zones in (["apne1-az1", "apne1-az4"], ["apne1-az1", "apne1-az4", "apne1-az2"]):
        for tenants in (["alice"], ["alice", "bob"]):
            network = {"cidr": cidr, "zones": zones}
            settings = stack_of({"network": network, "tenants": tenants}).settings()
            assert settings.network.subnet_prefix == prefix


def test_a_smallest_subnet_holds_exactly_three_tenants(stack_of: StackOf) -> None:
    assert stack_of(subnet_prefix=28).settings().network.subnet_prefix == 28
    problem = stack_of(FOUR, subnet_prefix=28).only_problem("network › subnet-prefix")
    assert problem.given == "28 in 10.0.0.0/16"
    assert problem.allowed == "subnet-prefix from 17 to 27"
    assert "holds 16 addresses and 18 are needed" in problem.why
    assert "5 that AWS keeps, 5 of interface endpoints, 2 for each of 4 tenants" in problem.why
    assert problem.write == "subnet-prefix: 24"


def test_more_tenants_than_the_usual_subnet_holds_get_larger_subnets(stack_of: StackOf) -> None:
    many: dict[str, Any] = {"tenants": {f"tenant-{number}": {} for number in range(124)}}
    problem = stack_of(many).only_problem("network › cidr")
    assert "holds 256 addresses and 258 are needed" in problem.why
    assert problem.write == "subnet-prefix: 23"
    stack_of(many, subnet_prefix=23).settings()


def test_a_network_too_small_for_its_tenants_gets_larger(stack_of: StackOf) -> None:
    problem = stack_of(FOUR, cidr="10.0.4.0/27").only_problem("network › cidr")
    assert problem.allowed == "a network of /24 or larger"
    assert problem.write == "cidr: 10.0.4.0/24"
    stack_of(FOUR, cidr="10.0.4.0/24").settings()


def test_a_network_too_small_for_its_zones_gets_larger(stack_of: StackOf) -> None:
    problem = stack_of(cidr="10.0.0.16/28").only_problem("network › cidr")
    assert "AWS takes no subnet smaller than /28" in problem.why
    assert problem.write == "cidr: 10.0.0.0/25"
    stack_of(cidr="10.0.0.0/25").settings()


def test_subnets_too_large_for_the_network_are_refused(stack_of: StackOf) -> None:
    problem = stack_of(cidr="10.0.0.0/20", subnet_prefix=20).only_problem("network › subnet-prefix")
    assert "2 zones need a subnet each" in problem.why
    assert problem.write == "subnet-prefix: 24"


def test_a_subnet_prefix_and_given_subnets_exclude_each_other(stack_of: StackOf) -> None:
    problem = stack_of(subnets=PLAN, subnet_prefix=24).only_problem("network › subnet-prefix")
    assert problem.allowed == "subnets or subnet-prefix, not both"
    assert problem.write == "(remove it)"


@pytest.mark.parametrize(
    ("subnets", "path", "why"),
    [
        ({**PLAN, "apne1-az4": "10.0.0.128/25"}, "network › subnets › apne1-az4", "it overlaps 10.0.0.0/24"),
        ({**PLAN, "apne1-az4": "10.1.0.0/24"}, "network › subnets › apne1-az4", "outside the network 10.0.0.0/16"),
        ({**PLAN, "apne1-az4": "10.0.1.1/24"}, "network › subnets › apne1-az4", "a host of 10.0.1.0/24"),
        ({**PLAN, "apne1-az2": "10.0.2.0/24"}, "network › subnets › apne1-az2", "none of the zones"),
        ({"apne1-az1": "10.0.0.0/24"}, "network › subnets", "apne1-az4 would have no subnet"),
        ({}, "network › subnets", "would have no subnet"),
        ([], "network › subnets", "cover exactly the zones"),
    ],
)
def test_given_subnets_must_be_separate_parts_for_exactly_the_zones(
    stack_of: StackOf, subnets: object, path: str, why: str
) -> None:
    problem = stack_of(subnets=subnets).only_problem(path)
    assert why in problem.why
    if "host of" not in why:
        assert yaml.safe_load(problem.write) == {"subnets": PLAN}
    stack_of(subnets=PLAN).settings()


def test_a_given_subnet_too_small_for_the_tenants_is_refused(stack_of: StackOf) -> None:
    small = {"apne1-az1": "10.0.0.0/28", "apne1-az4": "10.0.1.0/24"}
    problem = stack_of(FOUR, subnets=small).only_problem("network › subnets › apne1-az1")
    assert problem.allowed == "/27 or larger"
    assert "holds 16 addresses and 18 are needed" in problem.why
