"""A role that belongs to a service is named by AWS, bounded by nobody here, and lets the service work in the account.

Source: IAM User Guide, "Create a service-linked role".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for a role of a service that is not listed."""
    service = role.read("awsServiceName")
    if service.unknown:
        yield Undecided(service)
    elif service.value not in options.texts("allowedServices"):
        yield Violation("awsServiceName is no listed service")


RULE = Rule(
    id="iam-service-linked-role-is-listed",
    title="Roles that belong to services are listed",
    kind=Kind.RESOURCE,
    types=("aws:iam/serviceLinkedRole:ServiceLinkedRole",),
    paths=("awsServiceName",),
    severity=Severity.MEDIUM,
    remediation="Remove the role, or list the service with a reason.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
    options={"allowedServices": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
