"""Whoever may do all that a service can may do what the service will learn tomorrow.

Boundaries and the emergency role's document are ceilings: what they leave is bounded by what is granted beside them.

Source: AWS Security Hub, control IAM.21.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from documents import matches
from places import Holder
from rule import Kind, Level, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow of all actions of a service that is not listed."""
    if any(matches(one, str(policy.read("name").value)) for one in options.texts("ceilings")):
        return
    listed = {one.lower() for one in options.texts("allowedServices")}
    for held, statement in documents.statements(policy, Holder.IDENTITY):
        whole = [one for one in statement.actions if _is_whole(one, listed)] if statement.allows else []
        if whole:
            yield Violation(f"{held.where}: {statement.label} allows {whole[0]}")


def _is_whole(action: str, listed: set[str]) -> bool:
    service, _, name = action.lower().partition(":")
    return service not in listed and not name.strip("*?")


RULE = Rule(
    id="iam-allow-has-no-service-wildcard",
    title="No statement allows all actions of a service",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=(*places.paths_of(Holder.IDENTITY), "iam/policy:name"),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="List the actions of the service instead of the star.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
    frameworks=(
        "FSBP IAM.21",
        "CKV_AWS_63",
        "Config IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
        "cdk-nag AwsSolutions-IAM5",
    ),
    options={"allowedServices": texts(), "ceilings": texts("*-boundary", "*-break-glass")},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
