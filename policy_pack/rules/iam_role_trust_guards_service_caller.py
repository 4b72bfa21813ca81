"""A service that serves many customers may be talked into using this account's role for another's work.

Source: IAM User Guide, "The confused deputy problem", cross-service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import SOURCE_ACCOUNT, SOURCE_ARN, inside, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each listed service that may use the role for any account."""
    accounts = inside().own
    listed = {name.removesuffix(".cn") for name in options.texts("services")}
    for held, statement in documents.statements(role, Holder.TRUST):
        services = {name.lower().removesuffix(".cn") for name in statement.principals.get("Service", ())} & listed
        if statement.allows and services and not pinned(statement, accounts, ids=SOURCE_ACCOUNT, arns=SOURCE_ARN):
            yield Violation(f"{held.where}: {statement.label} lets {', '.join(sorted(services))} act for any account")


RULE = Rule(
    id="iam-role-trust-guards-service-caller",
    title="A service may use the role only for this account",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy",),
    severity=Severity.MEDIUM,
    remediation="Add a condition on aws:SourceAccount to the statement of the service.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    frameworks=("prowler iam_role_cross_service_confused_deputy_prevention",),
    options={"services": texts("sagemaker.amazonaws.com", "scheduler.amazonaws.com", "budgets.amazonaws.com")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
