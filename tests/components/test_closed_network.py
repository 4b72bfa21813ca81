"""The network without a way out (S2-A1, A2, A5)."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

import pytest

from components.addressing import subnet_plan
from components.closed_network import ClosedNetwork, ClosedNetworkArgs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from components.base import BoundReference
    from components.naming import Naming
    from tests.components.recording import Recording

CIDR = IPv4Network("10.0.0.0/16")
ZONES = ("apne1-az1", "apne1-az4")


def build(naming: Naming) -> ClosedNetwork:
    return ClosedNetwork("network", ClosedNetworkArgs(naming=naming, cidr=CIDR, subnets=subnet_plan(CIDR, ZONES)))


@pytest.fixture
def network(run: Callable[..., Recording], naming: Naming) -> Recording:
    return run(lambda: build(naming))


def test_the_vpc_has_the_planned_network_and_both_dns_switches_on(network: Recording) -> None:
    vpc = network.one("aws:ec2/vpc:Vpc")
    assert vpc.inputs["cidrBlock"] == "10.0.0.0/16"
    assert vpc.inputs["enableDnsSupport"] is True
    assert vpc.inputs["enableDnsHostnames"] is True
    assert not [key for key in vpc.inputs if "ipv6" in key.lower()]


def test_each_zone_has_a_private_subnet_by_zone_id(network: Recording) -> None:
    subnets = network.of("aws:ec2/subnet:Subnet")
    assert [(each.inputs["availabilityZoneId"], each.inputs["cidrBlock"]) for each in subnets] == [
        ("apne1-az1", "10.0.0.0/24"),
        ("apne1-az4", "10.0.1.0/24"),
    ]
    for subnet in subnets:
        assert subnet.inputs["vpcId"] == "id-of-network-vpc"
        assert subnet.inputs["mapPublicIpOnLaunch"] is False
        assert "availabilityZone" not in subnet.inputs


def test_one_route_table_without_routes_is_associated_with_every_subnet(network: Recording) -> None:
    table = network.one("aws:ec2/routeTable:RouteTable")
    assert table.inputs["routes"] == []
    assert table.inputs["vpcId"] == "id-of-network-vpc"
    associations = network.of("aws:ec2/routeTableAssociation:RouteTableAssociation")
    assert {each.inputs["routeTableId"] for each in associations} == {"id-of-network-routes"}
    assert [each.inputs["subnetId"] for each in associations] == [
        "id-of-network-subnet-apne1-az1",
        "id-of-network-subnet-apne1-az4",
    ]


def test_the_default_group_is_taken_over_and_emptied(network: Recording) -> None:
    group = network.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert group.inputs["vpcId"] == "id-of-network-vpc"
    assert group.inputs["ingress"] == []
    assert group.inputs["egress"] == []


def test_the_main_route_table_is_taken_over_and_emptied(network: Recording) -> None:
    table = network.one("aws:ec2/defaultRouteTable:DefaultRouteTable")
    assert table.inputs["defaultRouteTableId"] == "main-routes-of-network-vpc"
    assert table.inputs["routes"] == []
    assert table.inputs["propagatingVgws"] == []


def test_the_default_network_acl_is_taken_over_and_emptied(network: Recording) -> None:
    acl = network.one("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl")
    assert acl.inputs["defaultNetworkAclId"] == "default-acl-of-network-vpc"
    assert not {"ingress", "egress", "subnetIds"} & set(acl.inputs)


def test_every_subnet_is_under_the_one_network_acl(network: Recording) -> None:
    acl = network.one("aws:ec2/networkAcl:NetworkAcl")
    assert acl.inputs["subnetIds"] == ["id-of-network-subnet-apne1-az1", "id-of-network-subnet-apne1-az4"]
    for way in ("ingress", "egress"):
        numbers = [entry["ruleNo"] for entry in acl.inputs[way]]
        assert numbers == [100 * (position + 1) for position in range(len(numbers))]
        assert {entry["action"] for entry in acl.inputs[way]} == {"allow"}
    outside = [entry for entry in acl.inputs["egress"] if entry["cidrBlock"] != "10.0.0.0/16"]
    assert [(entry["protocol"], entry["fromPort"], entry["toPort"]) for entry in outside] == [("tcp", 443, 443)]


def test_the_workload_group_has_no_rules_of_its_own(network: Recording) -> None:
    group = network.one("aws:ec2/securityGroup:SecurityGroup")
    assert group.name == "network-workload-group"
    assert group.inputs["description"]
    assert "ingress" not in group.inputs
    assert "egress" not in group.inputs, "inline and standalone rules overwrite each other"


def test_nothing_but_the_closed_network_is_created(network: Recording) -> None:
    assert {each.type for each in network.custom()} == {
        "aws:ec2/vpc:Vpc",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/networkAcl:NetworkAcl",
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroup:SecurityGroup",
    }


def test_references_are_bound_to_the_resources_that_they_name(run: Callable[..., Recording], naming: Naming) -> None:
    bound: dict[str, Mapping[str, BoundReference]] = {}
    run(lambda: bound.update(network=build(naming).references))
    assert {name: (each.type_token, each.logical_name) for name, each in bound["network"].items()} == {
        "vpc": ("aws:ec2/vpc:Vpc", "network-vpc"),
        "subnet/apne1-az1": ("aws:ec2/subnet:Subnet", "network-subnet-apne1-az1"),
        "subnet/apne1-az4": ("aws:ec2/subnet:Subnet", "network-subnet-apne1-az4"),
        "security-group/workload": ("aws:ec2/securityGroup:SecurityGroup", "network-workload-group"),
    }


def test_a_zone_added_later_changes_no_name_of_an_existing_subnet(
    run: Callable[..., Recording], naming: Naming
) -> None:
    def program() -> None:
        plan = subnet_plan(CIDR, [*ZONES, "apne1-az2"])
        ClosedNetwork("network", ClosedNetworkArgs(naming=naming, cidr=CIDR, subnets=plan))

    blocks = {each.name: each.inputs["cidrBlock"] for each in run(program).of("aws:ec2/subnet:Subnet")}
    assert blocks == {
        "network-subnet-apne1-az1": "10.0.0.0/24",
        "network-subnet-apne1-az4": "10.0.1.0/24",
        "network-subnet-apne1-az2": "10.0.2.0/24",
    }


@pytest.mark.parametrize(
    ("subnets", "words"),
    [
        ({"apne1-az1": IPv4Network("10.0.0.0/24")}, "1 given, two or more"),
        (
            {"apne1-az1": IPv4Network("10.0.0.0/24"), "apne1-az4": IPv4Network("10.9.0.0/24")},
            "apne1-az4: 10.9.0.0/24 given, networks inside 10.0.0.0/16",
        ),
    ],
)
def test_subnets_that_make_no_network_are_refused(naming: Naming, subnets: dict[str, IPv4Network], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ClosedNetworkArgs(naming=naming, cidr=CIDR, subnets=subnets)
