"""A rule that names everywhere opens the group to the internet, or lets everything out, however it was written.

Source: Amazon EC2 API Reference, AuthorizeSecurityGroupIngress and AuthorizeSecurityGroupEgress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from networks import is_world
from rule import Kind, Rule, Severity, Undecided, Violation, integer
from security_groups import ADDRESSES

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(group: Resource, options: Options) -> Findings:
    """Yield a finding for each range that is too wide or not known; groups and prefix lists pass here."""
    for path in ADDRESSES[group.type]:
        for found in group.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.given and is_world(found.value, options["shortestIpv4Prefix"], options["shortestIpv6Prefix"]):
                yield Violation(f"{found.where} covers so much that it stands for everywhere")


RULE = Rule(
    id="vpc-security-group-has-no-world-rule",
    title="No security group rule is open to or from everywhere",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ),
    paths=(
        "SecurityGroup:ingress[].cidrBlocks[]",
        "SecurityGroup:ingress[].ipv6CidrBlocks[]",
        "SecurityGroup:egress[].cidrBlocks[]",
        "SecurityGroup:egress[].ipv6CidrBlocks[]",
        "DefaultSecurityGroup:ingress[].cidrBlocks[]",
        "DefaultSecurityGroup:ingress[].ipv6CidrBlocks[]",
        "DefaultSecurityGroup:egress[].cidrBlocks[]",
        "DefaultSecurityGroup:egress[].ipv6CidrBlocks[]",
        "SecurityGroupRule:cidrBlocks[]",
        "SecurityGroupRule:ipv6CidrBlocks[]",
        "SecurityGroupIngressRule:cidrIpv4",
        "SecurityGroupIngressRule:cidrIpv6",
        "SecurityGroupEgressRule:cidrIpv4",
        "SecurityGroupEgressRule:cidrIpv6",
    ),
    severity=Severity.CRITICAL,
    remediation="Name a security group, a prefix list or an inside range.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    frameworks=(
        "FSBP EC2.13",
        "FSBP EC2.14",
        "FSBP EC2.18",
        "FSBP EC2.19",
        "FSBP EC2.53",
        "CKV_AWS_24",
        "CKV_AWS_25",
        "CKV_AWS_260",
        "CKV_AWS_277",
        "CKV_AWS_382",
        "prowler ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
        "prowler ec2_securitygroup_allow_ingress_from_internet_to_any_port",
        "Config VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS",
        "Config INCOMING_SSH_DISABLED",
        "Config RESTRICTED_INCOMING_TRAFFIC",
        "cdk-nag AwsSolutions-EC23",
    ),
    options={
        "shortestIpv4Prefix": integer(8, minimum=0),
        "shortestIpv6Prefix": integer(48, minimum=0),
    },
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
