"""The way in for people who are not on the network (S2-A5, A6)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.bastion import Bastion, BastionArgs
from components.bastion_role import BastionRole, BastionRoleArgs
from components.documents.bastion import bastion_boundary, bastion_grants, bastion_trust
from tests.components.building import NAMING, Parts
from tests.components.recording import record

if TYPE_CHECKING:
    from components.documents.scope import Scope
    from tests.components.recording import Recording

INSTANCE, TEMPLATE = "aws:ec2/instance:Instance", "aws:ec2/launchTemplate:LaunchTemplate"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
HTTPS_TCP = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
GROUP, ENDPOINTS = "id-of-bastion-group", "id-of-endpoints-group"


def built(instance_type: str = "t3.micro") -> Recording:
    """Record a network, its endpoints and a bastion for two tenants."""
    parts = Parts(["notebooks", "bastion"])

    def program() -> None:
        network = parts.network()
        endpoints = parts.endpoints(network)
        role = BastionRole("bastion-role", BastionRoleArgs(scope=parts.scope, references=network.references))
        args = BastionArgs(
            naming=NAMING,
            instance_type=instance_type,
            tenants=("bob", "alice"),
            vpc_id=network.vpc_id,
            subnet_id=network.subnet_ids["apne1-az1"],
            endpoints_group_id=endpoints.endpoints_security_group_id,
            s3_prefix_list_id=endpoints.s3_prefix_list_id,
            profile_name=role.profile_name,
            ready=[role, endpoints],
        )
        Bastion("bastion", args)

    return record(program)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return built()


def rules(recording: Recording, kind: str, group: str) -> list[dict[str, Any]]:
    found = [each.inputs for each in recording.of(kind) if each.inputs["securityGroupId"] == group]
    return [{key: value for key, value in each.items() if key not in ("description", "tags")} for each in found]


def test_the_bastion_admits_nobody_and_reaches_the_endpoints_and_s3_on_https_only(recording: Recording) -> None:
    assert rules(recording, INGRESS, GROUP) == []
    assert rules(recording, EGRESS, GROUP) == [
        {"securityGroupId": GROUP, "referencedSecurityGroupId": ENDPOINTS, **HTTPS_TCP},
        {"securityGroupId": GROUP, "prefixListId": "pl-of-endpoints-s3", **HTTPS_TCP},
    ]
    group = recording.one("aws:ec2/securityGroup:SecurityGroup", "bastion-group")
    assert not {"ingress", "egress"} & set(group.inputs), "a group that mixes two styles of rules"


def test_the_endpoints_admit_the_bastion_and_the_workloads_on_https(recording: Recording) -> None:
    admitted = {each["referencedSecurityGroupId"]: each for each in rules(recording, INGRESS, ENDPOINTS)}
    assert set(admitted) == {GROUP, "id-of-network-workload-group"}
    assert all({key: each[key] for key in HTTPS_TCP} == HTTPS_TCP for each in admitted.values())


def test_the_host_has_no_key_no_public_address_and_stands_in_a_private_subnet(recording: Recording) -> None:
    host = recording.one(INSTANCE)
    assert host.inputs["associatePublicIpAddress"] is False
    assert host.inputs["subnetId"] == "id-of-network-subnet-apne1-az1"
    assert host.inputs["vpcSecurityGroupIds"] == [GROUP]
    assert host.inputs["launchTemplate"] == {"id": "id-of-bastion-template", "version": "1"}
    template = recording.one(TEMPLATE).inputs
    for inputs in (host.inputs, template):
        assert "keyName" not in inputs
        assert "networkInterfaces" not in inputs
    assert "imageId" in template
    assert "ami" not in host.inputs


def test_the_template_demands_the_second_metadata_service_and_an_encrypted_root(recording: Recording) -> None:
    template = recording.one(TEMPLATE).inputs
    assert template["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
        "instanceMetadataTags": "enabled",
    }
    (root,) = template["blockDeviceMappings"]
    assert root["deviceName"] == "/dev/xvda"
    assert root["ebs"]["encrypted"] == "true"


@pytest.mark.parametrize(
    ("instance_type", "architecture"),
    [
        ("t3.micro", "x86_64"),
        ("t2.micro", "x86_64"),
        ("t4g.nano", "arm64"),
        ("m6gd.large", "arm64"),
        ("g5.xlarge", "x86_64"),
    ],
)
def test_the_image_is_the_newest_that_fits_the_processor(instance_type: str, architecture: str) -> None:
    image = built(instance_type).one(TEMPLATE).inputs["imageId"]
    assert image == f"resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"


def test_the_accounts_are_tags_of_the_host_and_all_is_the_platforms(recording: Recording) -> None:
    tags = recording.one(INSTANCE).inputs["tags"]
    assert tags == {"Name": "ml-dev-bastion-instance", "user": "platform", "accounts-1": "alice bob"}
    for made in recording.one(TEMPLATE).inputs["tagSpecifications"]:
        assert made["tags"]["user"] == "platform", made["resourceType"]


def test_the_host_starts_after_its_role_its_rules_and_the_endpoints(recording: Recording) -> None:
    waits = recording.one(INSTANCE).dependencies
    assert {"bastion-role-grants", "endpoints-ssm", "endpoints-ssmmessages", "bastion-to-endpoints"} <= waits
    assert "bastion-at-endpoints" in waits


def test_the_role_carries_one_inline_policy_a_boundary_and_nothing_attached(recording: Recording, scope: Scope) -> None:
    role = recording.one("aws:iam/role:Role").inputs
    assert (role["path"], role["name"]) == ("/platform/", "ml-dev-bastion")
    assert role["permissionsBoundary"] == "arn:aws:iam::111122223333:policy/ml-dev-bastion-boundary"
    assert not {"managedPolicyArns", "inlinePolicies"} & set(role)
    assert json.loads(role["assumeRolePolicy"]) == bastion_trust(scope).to_dict()
    assert json.loads(recording.one("aws:iam/policy:Policy").inputs["policy"]) == bastion_boundary(scope).to_dict()
    inline = recording.one("aws:iam/rolePolicy:RolePolicy").inputs
    wanted = bastion_grants(scope).render({"vpc": "id-of-network-vpc"})
    assert json.loads(inline["policy"]) == json.loads(wanted)
    exclusive = recording.one("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive").inputs
    assert exclusive["policyNames"] == [inline["name"]]
    attached = recording.one("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive").inputs
    assert attached["policyArns"] == []


def test_the_profile_hands_that_role_to_the_host(recording: Recording) -> None:
    profile = recording.one("aws:iam/instanceProfile:InstanceProfile")
    assert profile.inputs["role"] == "ml-dev-bastion"
    assert recording.one(INSTANCE).inputs["iamInstanceProfile"] == profile.inputs["name"]


def test_a_role_without_its_network_and_a_host_without_its_endpoints_are_refused(scope: Scope) -> None:
    with pytest.raises(ValueError, match="references: none given"):
        BastionRoleArgs(scope=scope, references={})
    with pytest.raises(ValueError, match="ready: nothing given"):
        BastionArgs(
            naming=NAMING,
            instance_type="t3.micro",
            tenants=("alice",),
            vpc_id="vpc-1",
            subnet_id="subnet-1",
            endpoints_group_id="sg-1",
            s3_prefix_list_id="pl-1",
            profile_name="ml-dev-bastion",
            ready=[],
        )
