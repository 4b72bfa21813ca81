"""A job role is exempt from the perimeter, so nothing that a person sits at may work as it: its trust names the work.

Job roles are known by their name, as bucket policies know them: whatever is called so needs such a trust.

Source: Amazon SageMaker AI Developer Guide, "Cross-service confused deputy prevention", aws:SourceArn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import SAME_ARN, arn, inside
from documents import matches
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import is_tenants_role

if TYPE_CHECKING:
    from documents import Condition
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each statement of a job role's trust that leaves open what may work as the role."""
    name = role.read("name")
    if not is_tenants_role(role, str(options["tenantPath"])):
        return
    if name.unknown:
        yield Undecided(name)
    elif matches(str(options["jobRoleNames"]), str(name.value or "")):
        kinds = options.texts("sources")
        for held, statement in documents.statements(role, Holder.TRUST):
            if statement.allows and not any(_names(test, kinds) for test in statement.tests("aws:SourceArn")):
                yield Violation(f"{held.where}: {statement.label} admits others than {', '.join(kinds)}")


def _names(test: Condition, kinds: tuple[str, ...]) -> bool:
    return test.plain and test.base in SAME_ARN and bool(test.values) and all(_is_of(one, kinds) for one in test.values)


def _is_of(value: str, kinds: tuple[str, ...]) -> bool:
    found = arn(value)
    owned = found is not None and inside().owns(value, service="sagemaker")
    return owned and found is not None and found.resource.partition("/")[0] in kinds


RULE = Rule(
    id="iam-job-role-trust-names-its-sources",
    title="Only jobs, models and endpoints work as a job role",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("assumeRolePolicy", "name", "path", "tags"),
    severity=Severity.HIGH,
    remediation="Demand aws:SourceArn of this account and of the listed kinds of resource.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html",
    options={
        "tenantPath": text("/tenants/"),
        "jobRoleNames": text("*-job"),
        "sources": texts(
            "training-job", "processing-job", "transform-job", "hyper-parameter-tuning-job", "model", "endpoint"
        ),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
