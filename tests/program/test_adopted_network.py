"""The whole program on a network that is there already, through the real pack (S2-A7)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.recorded import recorded

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]
VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60714"]
ADOPTED = ("vpce-0a1b2c3d4e5f60701", "vpce-0a1b2c3d4e5f60702", "sg-0a1b2c3d4e5f60718")


@pytest.fixture(scope="module")
def first() -> Recording:
    """The program as a first preview sees it: what is adopted is known, what is made is not."""
    return recorded("adopted", "first")


def test_no_network_subnet_route_table_or_network_acl_is_made(first: Recording) -> None:
    types = {state.type for state in first.states.values()}
    for kind in ("vpc:Vpc", "subnet:Subnet", "routeTable:RouteTable", "networkAcl:NetworkAcl"):
        assert f"aws:ec2/{kind}" not in types
    assert not [token for token in types if "ec2/default" in token], "what AWS made with the VPC is its owner's"


def test_what_workloads_stand_in_is_known_in_a_first_preview(first: Recording) -> None:
    for notebook in first.of_type("aws:sagemaker/notebookInstance:NotebookInstance"):
        assert notebook.inputs["subnetId"] == SUBNETS[0]
    (policies,) = first.of_type("closed-sagemaker:tenant:TenantPolicies")
    planned = json.dumps(policies.inputs["plannedDocuments"])
    assert all(subnet in planned for subnet in SUBNETS)


def test_endpoints_that_are_there_are_told_with_those_that_are_made(first: Recording) -> None:
    ids = first.outputs["endpoint-ids"]
    assert (ids["s3"], ids["sts"]) == ADOPTED[:2]
    made = first.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
    assert {state.name for state in made} == {f"endpoints-{key}" for key in ids if key not in ("s3", "sts")}


def test_traffic_and_names_of_the_adopted_network_are_recorded(first: Recording) -> None:
    (flow_log,) = first.of_type("aws:ec2/flowLog:FlowLog")
    (queries,) = first.of_type("aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation")
    assert (flow_log.inputs["vpcId"], queries.inputs["resourceId"]) == (VPC, VPC)


def test_clients_of_the_private_line_ask_for_names_and_call_endpoints(first: Recording) -> None:
    rules = first.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    by_address = [state.inputs for state in rules if "cidrIpv4" in state.inputs]
    assert {(rule["cidrIpv4"], rule["toPort"]) for rule in by_address} == {("10.20.0.0/16", 53), ("10.20.0.0/16", 443)}
    (resolver,) = first.of_type("aws:route53/resolverEndpoint:ResolverEndpoint")
    assert resolver.inputs["direction"] == "INBOUND"


def test_the_outputs_say_what_is_to_verify(first: Recording) -> None:
    questions = first.outputs["to-verify"]
    for known in (VPC, *SUBNETS, *ADOPTED, "rtb-0a1b2c3d4e5f60718"):
        assert any(known in each for each in questions), known


@pytest.fixture(scope="module")
def with_bastion() -> Recording:
    """The adopted network with the bastion, as deployed."""
    features = json.dumps(["notebooks", "training", "inference", "bastion"])
    return recorded("adopted", "deployed", {"closed-sagemaker:features": features})


def test_the_bastion_stands_in_the_first_adopted_subnet_without_a_way_in(with_bastion: Recording) -> None:
    (host,) = with_bastion.of_type("aws:ec2/instance:Instance")
    assert host.inputs["subnetId"] == SUBNETS[0]
    group = with_bastion.named("bastion-group")
    assert group.inputs["vpcId"] == VPC
    rules = with_bastion.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert [rule for rule in rules if rule.inputs["securityGroupId"] == group.id] == []


def test_the_bastion_reaches_endpoints_that_are_there_by_their_group_and_prefix_list(with_bastion: Recording) -> None:
    group = with_bastion.named("bastion-group").id
    rules = with_bastion.of_type("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    own = [rule.inputs for rule in rules if rule.inputs["securityGroupId"] == group]
    targets = {rule.get("referencedSecurityGroupId") or rule.get("prefixListId") for rule in own}
    assert targets == {ADOPTED[2], "pl-61a54008"}
    inbound = with_bastion.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert [
        rule
        for rule in inbound
        if rule.inputs["securityGroupId"] == ADOPTED[2] and rule.inputs.get("referencedSecurityGroupId") == group
    ]
    made = {state.name for state in with_bastion.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")}
    assert {"endpoints-ssm", "endpoints-ssmmessages"} <= made


def test_a_bucket_for_the_record_is_asked_about_on_any_network() -> None:
    network = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "flow-logs": {"bucket": "corp-logs"}}
    config = {"closed-sagemaker:network": json.dumps(network)}
    recording = recorded("dev", "first", config)
    (question,) = recording.outputs["to-verify"]
    assert "get-bucket-policy --bucket corp-logs" in question
    (flow_log,) = recording.of_type("aws:ec2/flowLog:FlowLog")
    assert flow_log.inputs["logDestination"] == "arn:aws:s3:::corp-logs"


@pytest.mark.verify
def test_the_pack_has_nothing_mandatory_to_say_of_the_adopted_stack(tmp_path: Path) -> None:
    report = tmp_path / "preview.json"
    command = [sys.executable, "-m", "preview", "--stack", "adopted", "--json", str(report)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    runs = json.loads(report.read_text(encoding="utf-8"))["runs"]
    said = [row for run in runs.values() for row in run["diagnostics"] if row["level"] == "mandatory"]
    assert said == []
    assert ended.returncode == 0
    assert "to verify after deployment" in ended.stdout
