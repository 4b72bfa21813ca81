"""A star where AWS takes an ARN grants what is there today and what comes tomorrow, whosever it is.

Actions that take no resource need the star; a condition on the resource's own tag or account names it as well.
Ceilings grant nothing.

Source: Service Authorization Reference, resource types of actions; IAM User Guide, "Grant least privilege".
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import documents
import places
from documents import matches
from places import Holder
from rule import Kind, Level, Rule, Severity, Violation, texts

from iamproof import facts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

OF_RESOURCE = ("aws:resourcetag/", "aws:resourceaccount", "sagemaker:resourcetag/", "ec2:resourcetag/")


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow on everything of an action that takes resources."""
    if any(matches(one, str(policy.read("name").value)) for one in options.texts("ceilings")):
        return
    listed = {one.lower() for one in options.texts("starOnlyActions")}
    for held, statement in documents.statements(policy, Holder.IDENTITY):
        if statement.allows and "*" in statement.resources and not _is_limited(statement):
            limitable = [one for one in statement.actions if one.lower() not in listed and _takes_resource(one)]
            if limitable:
                yield Violation(f"{held.where}: {statement.label} allows {limitable[0]} on every resource")


def _is_limited(statement: Statement) -> bool:
    return any(test.key.lower().startswith(OF_RESOURCE) for test in statement.conditions)


@lru_cache(maxsize=4096)
def _takes_resource(pattern: str) -> bool:
    if pattern in ("*", "*:*"):
        return True
    known = (facts.action(name) for name in facts.expand(pattern))
    return any(action is not None and bool(action.resource_types) for action in known)


RULE = Rule(
    id="iam-allow-names-resources",
    title="An allowed action that can be limited to a resource is limited",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=(*places.paths_of(Holder.IDENTITY), "iam/policy:name"),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Replace the star by the ARNs that the action accepts.",
    url="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    frameworks=("CKV_AWS_355", "CKV_AWS_290", "cdk-nag AwsSolutions-IAM5"),
    options={"starOnlyActions": texts(), "ceilings": texts("*-boundary", "*-break-glass")},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
