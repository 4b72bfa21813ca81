"""The default group admits everything among its members and lets everything out, and it cannot be deleted.

Adopting it without rules empties it; rules beside it, or taken from the VPC's own reference to it, fill it again.

Source: Amazon EC2 API Reference, CreateVpc, and Amazon VPC User Guide, "Default security groups for your VPCs".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation
from security_groups import DEFAULT_GROUP, rule_resources
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


VPC = "aws:ec2/vpc:Vpc"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each VPC whose default group is not adopted once, and for each rule in such a group."""
    groups = find(stack, (VPC,), (DEFAULT_GROUP,), "vpcId")
    for vpc in groups.parents:
        count = len(groups.of[vpc.urn])
        if count != 1:
            yield Violation(f"it has {count} DefaultSecurityGroup resources, and needs exactly one", vpc.urn)
    for group in groups.unattributed:
        yield Undecided(group.read("vpcId"), group.urn)
    for group in stack.of_type(DEFAULT_GROUP):
        for path in ("ingress", "egress"):
            if not group.left_out(path) and group.read(path).given:
                yield Violation(f"{path} holds rules", group.urn)
    for rule in rule_resources(stack):
        if rule.came_from("securityGroupId", DEFAULT_GROUP, VPC):
            yield Violation("securityGroupId puts a rule into a default group", rule.urn)


RULE = Rule(
    id="vpc-default-security-group-is-closed",
    title="The default security group of each network is adopted and empty",
    kind=Kind.STACK,
    types=(
        "aws:ec2/vpc:Vpc",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ),
    paths=(
        "DefaultSecurityGroup:vpcId",
        "DefaultSecurityGroup:ingress",
        "DefaultSecurityGroup:egress",
        "SecurityGroupRule:securityGroupId",
        "SecurityGroupIngressRule:securityGroupId",
        "SecurityGroupEgressRule:securityGroupId",
    ),
    severity=Severity.HIGH,
    remediation="Add a DefaultSecurityGroup for the VPC with no rules.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html",
    frameworks=(
        "FSBP EC2.2",
        "CKV2_AWS_12",
        "prowler ec2_securitygroup_default_restrict_traffic",
        "Config VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
