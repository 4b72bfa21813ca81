"""A network that is there already: the same handles, by ids, and nothing made that it has (S2-A7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.adopted_network import AdoptedNetwork, AdoptedNetworkArgs
from components.service_endpoints import AdoptedEndpoints, ServiceEndpoints, ServiceEndpointsArgs
from components.to_verify import to_verify
from tests.components.building import NAMING, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording

SUBNETS = {"apne1-az1": "subnet-1", "apne1-az4": "subnet-4"}
VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def adopted(groups: dict[str, str] | None = None, endpoints: AdoptedEndpoints | None = None) -> None:
    """Build an adopted network, its endpoints and what tenants share."""
    parts = Parts()
    network = AdoptedNetwork(
        "network",
        AdoptedNetworkArgs(
            naming=NAMING,
            vpc_id="vpc-1",
            subnet_ids=SUBNETS,
            route_table_ids=("rtb-1", "rtb-4"),
            security_group_ids=groups or {},
        ),
    )
    doors = ServiceEndpoints(
        "endpoints",
        ServiceEndpointsArgs(
            scope=parts.scope,
            services=parts.services,
            vpc_id=network.vpc_id,
            route_table_ids=network.route_table_ids,
            subnet_ids=network.subnet_ids,
            workload_security_group_id=network.workload_security_group_id,
            adopted=endpoints or AdoptedEndpoints(),
        ),
    )
    keys = [parts.key(purpose) for purpose in ("data", "volumes", "partners")]
    of_keys = {name: bound for key in keys for name, bound in key.references.items()}
    parts.policies({**network.references, **doors.references, **of_keys}, keys[:1])


def test_no_part_of_a_network_is_made_but_the_group_of_workloads(run: Callable[..., Recording]) -> None:
    recording = run(adopted)
    made = {each.type.rsplit(":", 1)[-1] for each in recording.custom() if each.type.startswith("aws:ec2/")}
    assert made == {"SecurityGroup", "VpcEndpoint"}
    assert recording.one("aws:ec2/securityGroup:SecurityGroup", "network-workload-group").inputs["vpcId"] == "vpc-1"


def test_what_is_made_stands_in_the_adopted_network(run: Callable[..., Recording]) -> None:
    for endpoint in run(adopted).of(VPC_ENDPOINT):
        assert endpoint.inputs["vpcId"] == "vpc-1"
        if endpoint.inputs["vpcEndpointType"] == "Gateway":
            assert endpoint.inputs["routeTableIds"] == ["rtb-1", "rtb-4"]
        else:
            assert endpoint.inputs["subnetIds"] == ["subnet-1", "subnet-4"]


def test_an_adopted_group_of_workloads_gets_rules_and_no_twin(run: Callable[..., Recording]) -> None:
    recording = run(lambda: adopted({"workload": "sg-1"}))
    assert [each.name for each in recording.of("aws:ec2/securityGroup:SecurityGroup")] == ["endpoints-group"]
    for rule in recording.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"):
        assert rule.inputs["securityGroupId"] == "sg-1"


def test_an_adopted_endpoint_is_not_made_and_workloads_get_a_way_to_it(run: Callable[..., Recording]) -> None:
    there = AdoptedEndpoints(
        ids={"s3": "vpce-1", "sts": "vpce-2"}, security_group_id="sg-9", s3_prefix_list_id="pl-61a54008"
    )
    recording = run(lambda: adopted(endpoints=there))
    made = {each.name for each in recording.of(VPC_ENDPOINT)}
    assert made == {f"endpoints-{service.key}" for service in Parts().services} - {"endpoints-s3", "endpoints-sts"}
    egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    assert recording.one(egress, "endpoints-workloads-to-s3").inputs["prefixListId"] == "pl-61a54008"
    assert recording.one(egress, "endpoints-workloads-to-endpoints").inputs["referencedSecurityGroupId"] == "sg-9"
    ingress = recording.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "endpoints-from-workloads")
    assert ingress.inputs["securityGroupId"] == "sg-9"
    for each in recording.of(VPC_ENDPOINT):
        assert each.inputs["securityGroupIds"] == ["sg-9"], "new endpoints carry the group that workloads reach"


def test_guardrails_list_the_adopted_ids_as_they_are_in_plan_and_policy(run: Callable[..., Recording]) -> None:
    there = AdoptedEndpoints(ids={"sts": "vpce-2"}, security_group_id="sg-9")
    recording = run(lambda: adopted({"workload": "sg-1"}, there))
    plan = recording.one("closed-sagemaker:tenant:TenantPolicies").inputs
    planned = json.dumps(plan["plannedDocuments"])
    for known in ("subnet-1", "subnet-4", "sg-1", "vpce-2"):
        assert known in planned
    assert "{{subnet/" not in planned
    assert "{{endpoint/sts}}" not in planned
    assert "{{endpoint/sagemaker.api}}" in planned, "what is made is a reference still"
    assert "endpoint/sts" not in plan["plannedReferences"]
    policies = " ".join(each.inputs["policy"] for each in recording.of("aws:iam/policy:Policy"))
    assert "{{" not in policies
    assert "subnet-4" in policies


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ids": {"sts": "vpce-2"}}, "sts given without their security group"),
        ({"ids": {"s3": "vpce-1"}}, "s3 given without its prefix list"),
    ],
)
def test_endpoints_that_no_rule_could_reach_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        AdoptedEndpoints(**changes)


@pytest.mark.parametrize("changes", [{"subnet_ids": {"apne1-az1": "subnet-1"}}, {"route_table_ids": ()}])
def test_too_little_of_a_network_is_refused(changes: dict[str, Any]) -> None:
    given = {"vpc_id": "vpc-1", "subnet_ids": SUBNETS, "route_table_ids": ("rtb-1",), **changes}
    with pytest.raises(ValueError, match="two or more subnets"):
        AdoptedNetworkArgs(naming=NAMING, **given)


def test_every_adopted_id_is_among_the_questions_with_a_command() -> None:
    questions = to_verify(
        vpc_id="vpc-1",
        subnet_ids=SUBNETS,
        route_table_ids=["rtb-1"],
        security_group_ids={"workload": "sg-1", "endpoints": "sg-9"},
        endpoint_ids={"s3": "vpce-1", "sts": "vpce-2"},
    )
    for known in ("vpc-1", "subnet-1", "subnet-4", "rtb-1", "sg-1", "sg-9", "vpce-1", "vpce-2"):
        assert any(known in each for each in questions), known
    assert all("aws ec2 describe-" in each for each in questions)
