"""A principal that may do everything everywhere is the administrator, whatever its policy is called.

A condition is no excuse, and several patterns that cover everything together are as good as a star.

Source: IAM User Guide, "Security best practices in IAM", least-privilege permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import partition
from places import Holder
from reach import every_action, every_resource
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow of every action on every resource."""
    if resource.read("name").value in options.texts("exemptPolicies"):
        return
    accounts = (*stack_config.account_ids(), "111111111111")
    for held, statement in documents.statements(resource, Holder.IDENTITY):
        if not statement.allows or not every_action(statement):
            continue
        if statement.not_resources or every_resource(statement.resources, partition(), accounts):
            yield Violation(f"{held.where}: {statement.label} allows every action on every resource")


RULE = Rule(
    id="iam-allow-has-no-full-wildcard",
    title="No statement allows every action on every resource",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=places.paths_of(Holder.IDENTITY),
    severity=Severity.CRITICAL,
    remediation="List the actions and resources that the principal needs.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    frameworks=(
        "FSBP IAM.1",
        "CKV_AWS_62",
        "prowler iam_customer_attached_policy_no_administrative_privileges",
        "prowler iam_inline_policy_no_administrative_privileges",
        "Config IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
    ),
    options={"exemptPolicies": texts()},
    seed=("S3",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
