"""What the whole program promises of the network, by the numbers of system S2, on a made and on an adopted network."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.recorded import recorded

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
WAYS_OUT = (
    *("InternetGateway", "NatGateway", "VpcPeeringConnection", "VpcAttachment", ":Eip", "VpnGateway", "CarrierGateway"),
    *("EgressOnlyInternetGateway", "ec2/route:Route", "ec2clientvpn", "vpclattice", "VpcEndpointService"),
)


@pytest.fixture(scope="module", params=["dev", "adopted"])
def deployed(request: pytest.FixtureRequest) -> Recording:
    """The program as deployed, with stand-in ids, on both kinds of network."""
    return recorded(request.param, "deployed")


@pytest.fixture(scope="module")
def made() -> Recording:
    """The program as deployed on the network that it makes."""
    return recorded("dev", "deployed")


def rules(recording: Recording, kind: str) -> list[Any]:
    return [state.inputs for state in recording.of_type(kind)]


def test_s2_a1_two_subnets_in_two_zones_are_associated_with_the_explicit_route_table(made: Recording) -> None:
    (vpc,) = made.of_type("aws:ec2/vpc:Vpc")
    assert vpc.inputs["cidrBlock"] == "10.0.0.0/16"
    assert vpc.inputs["enableDnsSupport"] is True
    assert vpc.inputs["enableDnsHostnames"] is True
    subnets = made.of_type("aws:ec2/subnet:Subnet")
    assert {state.inputs["cidrBlock"] for state in subnets} == {"10.0.0.0/24", "10.0.1.0/24"}
    assert len({state.inputs["availabilityZoneId"] for state in subnets}) == 2
    (table,) = made.of_type("aws:ec2/routeTable:RouteTable")
    joined = made.of_type("aws:ec2/routeTableAssociation:RouteTableAssociation")
    assert {state.inputs["subnetId"] for state in joined} == {state.id for state in subnets}
    assert {state.inputs["routeTableId"] for state in joined} == {table.id}


def test_s2_a2_there_is_no_way_out_and_no_table_has_a_route(deployed: Recording) -> None:
    types = {state.type for state in deployed.states.values()}
    assert [token for token in types for way in WAYS_OUT if way in token] == []
    for kind in ("routeTable:RouteTable", "defaultRouteTable:DefaultRouteTable"):
        for table in deployed.of_type(f"aws:ec2/{kind}"):
            assert not table.inputs.get("routes"), table.name
            assert not table.inputs.get("propagatingVgws"), table.name


def test_s2_a3_the_made_network_has_the_endpoints_of_its_features_and_no_others(made: Recording) -> None:
    names = {state.inputs["serviceName"]: state for state in made.of_type(ENDPOINT)}
    regional = ("ssm", "ssmmessages", "sagemaker.api", "sagemaker.runtime", "logs", "sts", "s3")
    wanted = {f"com.amazonaws.ap-northeast-1.{name}" for name in regional}
    assert set(names) == {*wanted, "aws.sagemaker.ap-northeast-1.notebook"}
    (table,) = made.of_type("aws:ec2/routeTable:RouteTable")
    assert names["com.amazonaws.ap-northeast-1.s3"].inputs["routeTableIds"] == [table.id]


def test_s2_a4_every_endpoint_has_private_names_its_group_and_a_policy_of_its_own(deployed: Recording) -> None:
    for state in deployed.of_type(ENDPOINT):
        said = state.inputs
        if said["vpcEndpointType"] == "Interface":
            assert said["privateDnsEnabled"] is True, state.name
            assert len(said["securityGroupIds"]) == 1, state.name
        for statement in json.loads(said["policy"])["Statement"]:
            assert statement["Effect"] == "Deny" or statement.get("Condition") or "*" not in statement["Resource"]


def test_s2_a5_the_endpoints_admit_443_alone_and_no_rule_names_the_world(deployed: Recording) -> None:
    group = deployed.named("endpoints-group").id if "endpoints-group" in names(deployed) else "sg-0a1b2c3d4e5f60718"
    inbound = [rule for rule in rules(deployed, INGRESS) if rule["securityGroupId"] == group]
    assert {(rule["ipProtocol"], rule["fromPort"], rule["toPort"]) for rule in inbound} == {("tcp", 443, 443)}
    for kind in (INGRESS, EGRESS):
        assert "0.0.0.0/0" not in str(rules(deployed, kind))


def test_s2_a5_workloads_admit_nobody_and_the_default_group_is_empty(deployed: Recording) -> None:
    workload = deployed.named("network-workload-group")
    assert [rule for rule in rules(deployed, INGRESS) if rule["securityGroupId"] == workload.id] == []
    for group in deployed.of_type("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"):
        assert not group.inputs["ingress"]
        assert not group.inputs["egress"]


def test_no_rule_lets_the_workloads_of_one_tenant_reach_those_of_another(deployed: Recording) -> None:
    workload = deployed.named("network-workload-group").id
    groups = deployed.of_type("aws:ec2/securityGroup:SecurityGroup")
    own = {state.inputs["tags"]["user"]: state.id for state in groups if state.inputs["tags"]["user"] != "platform"}
    assert len(own) >= 2
    inbound = rules(deployed, INGRESS)
    for one, other in permutations(own, 2):
        carried = {workload, own[one]}
        doors = [rule for rule in inbound if rule["securityGroupId"] in {workload, own[other]}]
        assert doors, "each tenant's hosts reach each other"
        assert [rule for rule in doors if rule.get("referencedSecurityGroupId") in carried - {own[other]}] == []
        assert [rule for rule in doors if rule.get("cidrIpv4") or rule.get("prefixListId")] == []


def test_every_rule_says_why_and_names_groups_lists_or_a_declared_network(deployed: Recording) -> None:
    for rule in (each for kind in (INGRESS, EGRESS) for each in rules(deployed, kind)):
        assert len(rule["description"]) > 10
        assert rule.get("cidrIpv4") in (None, "", "10.20.0.0/16")
        assert not rule.get("cidrIpv6")


def names(recording: Recording) -> set[str]:
    return {state.name for state in recording.states.values()}
