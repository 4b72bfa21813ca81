"""Permissions of single users are forgotten when the person changes the group.

Source: AWS Security Hub, control IAM.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment"
EXCLUSIVE = "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive"
NAMES = "aws:iam/userPoliciesExclusive:UserPoliciesExclusive"
LISTS = {ATTACHMENT: "users", EXCLUSIVE: "policyArns", NAMES: "policyNames"}


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each policy of a user itself; an exclusive list that is empty removes them."""
    listed = LISTS.get(resource.type)
    if listed is None:
        yield Violation("the policy belongs to one user")
    elif resource.read(listed).given:
        yield Violation(f"{listed} gives a policy to a user itself")


RULE = Rule(
    id="iam-user-has-no-attached-policy",
    title="Users get permissions only through groups",
    kind=Kind.RESOURCE,
    types=(
        "aws:iam/userPolicy:UserPolicy",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        EXCLUSIVE,
        NAMES,
        ATTACHMENT,
    ),
    paths=("PolicyAttachment:users", "UserPolicyAttachmentsExclusive:policyArns", "UserPoliciesExclusive:policyNames"),
    severity=Severity.MEDIUM,
    remediation="Attach the policy to a group and put the user in it.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2",
    frameworks=(
        "FSBP IAM.2",
        "CKV_AWS_40",
        "prowler iam_policy_attached_only_to_group_or_roles",
        "Config IAM_USER_NO_POLICIES_CHECK",
    ),
    seed=(
        "S0",
        "S3",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
