"""An event tells what happens in the account; a target elsewhere tells it to others.

A target that is not known yet is judged at the update.

Source: Amazon EventBridge User Guide, "Event bus targets".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import inside
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

TARGET = "aws:cloudwatch/eventTarget:EventTarget"
DESTINATION = "aws:cloudwatch/eventApiDestination:EventApiDestination"


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for a target of another account, and for any address on the internet."""
    if resource.type == DESTINATION:
        yield Violation("invocationEndpoint sends events to an address on the internet")
        return
    found = resource.read("arn")
    if found.absent:
        yield Violation("arn is absent, so nobody can tell where events go")
    elif found.unknown:
        yield Undecided(found)
    elif found.present and not inside().owns(str(found.value)):
        yield Violation("arn is of another account")


RULE = Rule(
    id="events-target-stays-inside",
    title="Events are sent only to targets of the account",
    kind=Kind.RESOURCE,
    types=(TARGET, DESTINATION),
    paths=("EventTarget:arn", "EventApiDestination:invocationEndpoint"),
    deferred=("arn",),
    severity=Severity.MEDIUM,
    remediation="Send events to a target of this account.",
    url="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
