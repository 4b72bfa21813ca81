"""One compliant resource of each type of machines and of what they run on; a case changes exactly one thing in it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import TAGS
from tests.policy_pack.harness import UNKNOWN, given

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

METADATA = {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}
SCRIPT = base64.b64encode(b"#!/bin/bash\nuseradd alice\n").decode()


OF_AWS = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"


def instance(logical: str = "bastion", /, **changes: Any) -> PackResource:
    """A machine without a public address."""
    baseline = {
        "ami": OF_AWS,
        "instanceType": "t3.micro",
        "subnetId": UNKNOWN,
        "vpcSecurityGroupIds": [UNKNOWN],
        "associatePublicIpAddress": False,
        "iamInstanceProfile": "ml-dev-bastion",
        "metadataOptions": METADATA,
        "rootBlockDevice": {"encrypted": True, "kmsKeyId": UNKNOWN},
        "tags": TAGS,
    }
    return given("aws:ec2/instance:Instance", logical, baseline, changes)


def launch_template(logical: str = "template", /, **changes: Any) -> PackResource:
    """A template without a public address; templates say so in text."""
    baseline = {
        "name": "ml-dev-bastion",
        "networkInterfaces": [
            {"associatePublicIpAddress": "false", "subnetId": UNKNOWN, "securityGroups": [UNKNOWN]},
        ],
        "iamInstanceProfile": {"name": "ml-dev-bastion"},
        "metadataOptions": METADATA,
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": UNKNOWN}}],
        "userData": SCRIPT,
        "tags": TAGS,
    }
    return given("aws:ec2/launchTemplate:LaunchTemplate", logical, baseline, changes)


def profile(logical: str = "bastion-profile", /, **changes: Any) -> PackResource:
    """The bastion's instance profile."""
    baseline = {"name": "ml-dev-bastion", "role": "ml-dev-bastion", "tags": TAGS}
    return given("aws:iam/instanceProfile:InstanceProfile", logical, baseline, changes)


def bastion_role(logical: str = "bastion-role", /, **changes: Any) -> PackResource:
    """The bastion's role."""
    baseline = {"name": "ml-dev-bastion", "path": "/", "assumeRolePolicy": UNKNOWN, "tags": TAGS}
    return given("aws:iam/role:Role", logical, baseline, changes)


def log_group(logical: str = "flow-logs", /, **changes: Any) -> PackResource:
    """A log group with retention and a key of ours."""
    baseline = {"name": "/ml-dev/flow-logs", "retentionInDays": 365, "kmsKeyId": UNKNOWN, "tags": TAGS}
    return given("aws:cloudwatch/logGroup:LogGroup", logical, baseline, changes)


def flow_log(logical: str = "flow-log", /, **changes: Any) -> PackResource:
    """A flow log of the network."""
    baseline = {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestination": UNKNOWN, "iamRoleArn": UNKNOWN, "tags": TAGS}
    return given("aws:ec2/flowLog:FlowLog", logical, baseline, changes)


def document(logical: str = "document", /, **changes: Any) -> PackResource:
    """A session document that opens a port."""
    content = '{"schemaVersion": "1.0", "sessionType": "Port", "parameters": {}, "properties": {"portNumber": "22"}}'
    baseline = {"name": "ml-dev-port", "documentType": "Session", "content": content, "tags": TAGS}
    return given("aws:ssm/document:Document", logical, baseline, changes)


def network_acl(logical: str = "acl", /, **changes: Any) -> PackResource:
    """A network ACL that lets HTTPS out to S3 and the answers in, and everything needed inside."""
    inside, world = {"cidrBlock": "10.0.0.0/16"}, {"cidrBlock": "0.0.0.0/0"}
    baseline = {
        "vpcId": UNKNOWN,
        "subnetIds": [UNKNOWN, UNKNOWN],
        "ingress": [entry(443, 443, **inside), entry(1024, 65535, **world)],
        "egress": [entry(443, 443, **world), entry(1024, 65535, **inside)],
        "tags": TAGS,
    }
    return given("aws:ec2/networkAcl:NetworkAcl", logical, baseline, changes)


def entry(first: Any, last: Any, **more: Any) -> dict[str, Any]:
    """An entry of a network ACL that allows TCP."""
    return {"ruleNo": 100, "action": "allow", "protocol": "tcp", "fromPort": first, "toPort": last, **more}


def acl_rule(logical: str = "entry", /, **changes: Any) -> PackResource:
    """An entry beside its network ACL that lets HTTPS out."""
    baseline = {
        "networkAclId": UNKNOWN,
        "egress": True,
        "ruleNumber": 100,
        "ruleAction": "allow",
        "protocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrBlock": "0.0.0.0/0",
    }
    return given("aws:ec2/networkAclRule:NetworkAclRule", logical, baseline, changes)


def acl_association(logical: str = "association", /, **changes: Any) -> PackResource:
    """A subnet under a network ACL."""
    baseline = {"networkAclId": UNKNOWN, "subnetId": UNKNOWN}
    return given("aws:ec2/networkAclAssociation:NetworkAclAssociation", logical, baseline, changes)


def default_acl(logical: str = "default-acl", /, **changes: Any) -> PackResource:
    """The adopted default network ACL without entries."""
    baseline = {"defaultNetworkAclId": UNKNOWN, "tags": TAGS}
    return given("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", logical, baseline, changes)


def main_table(logical: str = "main-table", /, **changes: Any) -> PackResource:
    """The adopted main route table without routes."""
    baseline = {"defaultRouteTableId": UNKNOWN, "routes": [], "tags": TAGS}
    return given("aws:ec2/defaultRouteTable:DefaultRouteTable", logical, baseline, changes)
