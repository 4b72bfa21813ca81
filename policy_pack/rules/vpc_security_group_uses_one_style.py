"""Rules inside a group and beside it overwrite each other in turn, so what was checked is not what remains.

Source: Pulumi AWS provider, `aws.ec2.SecurityGroup`, note on rules inside and beside a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation
from security_groups import GROUPS, RULES
from security_groups import RULE as OLDER_RULE
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each group that has rules inside and beside it, or rules of the older and the newer type."""
    rules = find(stack, GROUPS, RULES, "securityGroupId")
    for group in rules.parents:
        beside = rules.of[group.urn]
        inside = [path for path in ("ingress", "egress") if not group.left_out(path) and group.read(path).given]
        if inside and beside:
            what = " and ".join(inside)
            yield Violation(f"{what} holds rules, and {beside[0].name} is a rule beside the group", group.urn)
        if len({rule.type == OLDER_RULE for rule in beside}) > 1:
            yield Violation("rules of the older and of the newer type stand beside the group", group.urn)
    for rule in rules.unattributed:
        yield Undecided(rule.read("securityGroupId"), rule.urn)


RULE = Rule(
    id="vpc-security-group-uses-one-style",
    title="A security group has its rules either inside or beside it",
    kind=Kind.STACK,
    types=(
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ),
    paths=(
        "SecurityGroup:ingress",
        "SecurityGroup:egress",
        "DefaultSecurityGroup:ingress",
        "DefaultSecurityGroup:egress",
        "SecurityGroupRule:securityGroupId",
        "SecurityGroupIngressRule:securityGroupId",
        "SecurityGroupEgressRule:securityGroupId",
    ),
    severity=Severity.MEDIUM,
    remediation="Move all rules of the group to one style.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    validate=validate,
)
