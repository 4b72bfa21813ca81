"""A role that people take on in an emergency and nobody hears of is an everyday role.

The alarm is a rule of EventBridge on AssumeRole with the role's ARN that is on and leads somewhere. It hears of calls
from CloudTrail: that a trail records is another rule's question. Deployment is everyday work: the roles for it, which
`iam-deployment-role-is-bound` judges, raise none.

Source: Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts import inside, partition
from origins import as_registered
from people_roles import people_of
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from siblings import find
from tags import is_deployment_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
EVENTS, TARGET = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"
CALL = "AssumeRole"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each role of people whose taking on no rule of the stack tells of."""
    found = find(stack, (EVENTS,), (TARGET,), "rule")
    watched: set[str] = set()
    for rule in found.parents:
        pattern = as_registered(rule).read("eventPattern")
        if pattern.unknown:
            yield Undecided(pattern, rule.urn)
        elif _is_on(rule) and found.of[rule.urn]:
            watched.update(_watched(pattern.decoded().value))
    for role in stack.of_type(ROLE):
        name = role.read("name")
        if (
            is_deployment_role(role)
            or not any(people_of(role))
            or (name.present and str(name.value) in options.texts("exemptRoles"))
        ):
            continue
        if name.unknown:
            yield Undecided(name, role.urn)
        elif not _arns(role) & watched:
            yield Violation(
                "no rule of this stack that is on and has a target tells of the role being taken on", role.urn
            )


def _arns(role: Resource) -> set[str]:
    path, name = role.read("path").value or "/", role.read("name").value
    return {f"arn:{partition()}:iam::{account}:role{path}{name}" for account in inside().own}


def _is_on(rule: Resource) -> bool:
    said = as_registered(rule)
    state, enabled = said.read("state"), said.read("isEnabled")
    return (state.absent or str(state.value).startswith("ENABLED")) and enabled.flag() is not False


def _watched(pattern: Any) -> Iterator[str]:  # noqa: ANN401  any JSON value
    """Yield the ARNs of the roles whose taking on a pattern asks for, in whatever branch of it."""
    if isinstance(pattern, list):
        for one in pattern:
            yield from _watched(one)
    if isinstance(pattern, dict):
        asked, calls = pattern.get("requestParameters"), pattern.get("eventName")
        if isinstance(asked, dict) and isinstance(calls, list) and CALL in calls:
            yield from (one for one in asked.get("roleArn", ()) if isinstance(one, str))
        for one in pattern.values():
            yield from _watched(one)


RULE = Rule(
    id="iam-emergency-role-raises-alarm",
    title="Taking on a role of people raises an alarm",
    kind=Kind.STACK,
    types=(ROLE, EVENTS, TARGET),
    paths=(
        "Role:assumeRolePolicy",
        "Role:name",
        "Role:path",
        "EventRule:eventPattern",
        "EventRule:state",
        "EventRule:isEnabled",
        "EventTarget:rule",
    ),
    severity=Severity.HIGH,
    remediation="Add an EventRule on AssumeRole with requestParameters.roleArn of the role, and a target that tells.",
    url="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
    options={"exemptRoles": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
