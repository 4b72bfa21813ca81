"""The doors to AWS services (S2-A3, A4, A5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.documents.endpoints import endpoint_policy
from components.endpoint_services import S3_INTERFACE, STS
from components.service_endpoints import ServiceEndpointsArgs
from tests.components.building import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.scope import Scope
    from tests.components.recording import Recording

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
HTTPS_TCP = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
SUBNETS = ["id-of-network-subnet-apne1-az1", "id-of-network-subnet-apne1-az4"]


def rule_of(rule: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in rule.items() if key not in ("description", "tags")}


def test_each_service_of_the_features_has_one_endpoint(everything: Recording) -> None:
    found = {each.inputs["serviceName"]: each.inputs["vpcEndpointType"] for each in everything.of(ENDPOINT)}
    assert len(everything.of(ENDPOINT)) == 6
    assert found == {
        "com.amazonaws.ap-northeast-1.s3": "Gateway",
        "com.amazonaws.ap-northeast-1.sagemaker.api": "Interface",
        "com.amazonaws.ap-northeast-1.sagemaker.runtime": "Interface",
        "aws.sagemaker.ap-northeast-1.notebook": "Interface",
        "com.amazonaws.ap-northeast-1.logs": "Interface",
        "com.amazonaws.ap-northeast-1.sts": "Interface",
    }


def test_an_endpoint_stands_in_the_zones_that_are_named_for_it(run: Callable[..., Recording]) -> None:
    parts = Parts(zones={"notebook": ("apne1-az4",)})
    found = {
        each.name: each.inputs.get("subnetIds") for each in run(lambda: parts.endpoints(parts.network())).of(ENDPOINT)
    }
    assert found["endpoints-notebook"] == SUBNETS[1:]
    assert found["endpoints-sagemaker.api"] == SUBNETS


def test_an_interface_to_s3_answers_clients_outside_the_network_alone(run: Callable[..., Recording]) -> None:
    parts = Parts(["training"], also=[S3_INTERFACE])
    beside = run(lambda: parts.endpoints(parts.network())).one(ENDPOINT, "endpoints-s3-interface")
    assert beside.inputs["serviceName"] == "com.amazonaws.ap-northeast-1.s3"
    assert beside.inputs["vpcEndpointType"] == "Interface"
    assert beside.inputs["privateDnsEnabled"] is True
    assert beside.inputs["dnsOptions"] == {"privateDnsOnlyForInboundResolverEndpoint": True}
    assert "endpoints-s3" in beside.dependencies, "AWS makes it only beside the gateway"


def test_only_iam_names_another_region(run: Callable[..., Recording]) -> None:
    parts = Parts(["notebooks", "iam-api"])
    endpoints = run(lambda: parts.endpoints(parts.network())).of(ENDPOINT)
    elsewhere = {each.name: each.inputs["serviceRegion"] for each in endpoints if "serviceRegion" in each.inputs}
    assert elsewhere == {"endpoints-iam": "us-east-1"}


def test_fewer_features_raise_fewer_endpoints(run: Callable[..., Recording]) -> None:
    parts = Parts(["training"])
    names = [each.name for each in run(lambda: parts.endpoints(parts.network())).of(ENDPOINT)]
    assert names == ["endpoints-logs", "endpoints-s3", "endpoints-sagemaker.api", "endpoints-sts"]


def test_the_s3_gateway_hangs_on_the_explicit_route_table(everything: Recording) -> None:
    gateway = everything.one(ENDPOINT, "endpoints-s3")
    assert gateway.inputs["routeTableIds"] == ["id-of-network-routes"]
    assert gateway.through["routeTableIds"] == {"network-routes"}
    assert "subnetIds" not in gateway.inputs


def test_every_interface_endpoint_has_private_dns_all_subnets_and_the_one_group(everything: Recording) -> None:
    interfaces = [each for each in everything.of(ENDPOINT) if each.inputs["vpcEndpointType"] == "Interface"]
    assert len(interfaces) == 5
    for each in interfaces:
        assert each.inputs["privateDnsEnabled"] is True, each.name
        assert each.inputs["subnetIds"] == SUBNETS, each.name
        assert each.inputs["securityGroupIds"] == ["id-of-endpoints-group"], each.name


def test_every_endpoint_carries_its_own_policy_inline(everything: Recording, scope: Scope) -> None:
    for each in everything.of(ENDPOINT):
        service = each.name.removeprefix("endpoints-")
        assert json.loads(each.inputs["policy"]) == endpoint_policy(scope, service).to_dict(), each.name
        assert "111122223333" in each.inputs["policy"], f"{each.name} lets every account through"


def test_the_endpoints_admit_https_from_workloads_and_nothing_else(everything: Recording) -> None:
    admitted = [each for each in everything.of(INGRESS) if each.inputs["securityGroupId"] == "id-of-endpoints-group"]
    assert [rule_of(each.inputs) for each in admitted] == [
        {
            "securityGroupId": "id-of-endpoints-group",
            "referencedSecurityGroupId": "id-of-network-workload-group",
            **HTTPS_TCP,
        }
    ]
    assert not [each for each in everything.of(EGRESS) if each.inputs["securityGroupId"] == "id-of-endpoints-group"]


def test_workloads_admit_nobody_and_reach_the_endpoints_and_s3_on_https_only(everything: Recording) -> None:
    workload = "id-of-network-workload-group"
    assert not [each for each in everything.of(INGRESS) if each.inputs["securityGroupId"] == workload]
    reached = [rule_of(each.inputs) for each in everything.of(EGRESS) if each.inputs["securityGroupId"] == workload]
    assert reached == [
        {"securityGroupId": workload, "referencedSecurityGroupId": "id-of-endpoints-group", **HTTPS_TCP},
        {"securityGroupId": workload, "prefixListId": "pl-of-endpoints-s3", **HTTPS_TCP},
    ]


def test_every_rule_says_why_it_is_there_and_none_names_addresses(everything: Recording) -> None:
    rules = [*everything.of(INGRESS), *everything.of(EGRESS)]
    assert len(rules) == 5
    for each in rules:
        assert len(each.inputs["description"]) > 10, each.name
        assert not {"cidrIpv4", "cidrIpv6"} & set(each.inputs), each.name


def test_groups_hold_no_inline_rules(everything: Recording) -> None:
    for each in everything.of("aws:ec2/securityGroup:SecurityGroup"):
        assert not {"ingress", "egress"} & set(each.inputs), f"{each.name} mixes two styles of rules"


def test_references_name_the_endpoints_by_service(run: Callable[..., Recording]) -> None:
    parts = Parts()
    bound: dict[str, str] = {}

    def program() -> None:
        references = parts.endpoints(parts.network()).references
        bound.update({name: f"{each.type_token}|{each.logical_name}" for name, each in references.items()})

    run(program)
    assert bound == {
        "security-group/endpoints": "aws:ec2/securityGroup:SecurityGroup|endpoints-group",
        **{f"endpoint/{service.key}": f"{ENDPOINT}|endpoints-{service.key}" for service in parts.services},
    }


def test_endpoints_without_s3_or_without_subnets_are_refused(scope: Scope) -> None:
    ids: dict[str, Any] = {"vpc_id": "vpc-1", "route_table_ids": ["rtb-1"], "workload_security_group_id": "sg-1"}
    with pytest.raises(ValueError, match="sts given, a set with s3 is allowed"):
        ServiceEndpointsArgs(scope=scope, services=(STS,), subnet_ids={"apne1-az1": "subnet-1"}, **ids)
    with pytest.raises(ValueError, match="subnet_ids: none given"):
        ServiceEndpointsArgs(scope=scope, services=Parts().services, subnet_ids={}, **ids)


@pytest.mark.parametrize("zones", [(), ("apne1-az2",), ("apne1-az1", "apne1-az2")])
def test_an_endpoint_in_no_zone_of_the_network_is_refused(scope: Scope, zones: tuple[str, ...]) -> None:
    ids: dict[str, Any] = {"vpc_id": "vpc-1", "route_table_ids": ["rtb-1"], "workload_security_group_id": "sg-1"}
    with pytest.raises(ValueError, match=r"zones: notebook in .* given, one or more of apne1-az1 are allowed"):
        ServiceEndpointsArgs(
            scope=scope,
            services=Parts().services,
            subnet_ids={"apne1-az1": "subnet-1"},
            zones={"notebook": zones},
            **ids,
        )
