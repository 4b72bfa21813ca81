"""Whoever covers tracks stops the trail first; without an alarm its silence is noticed when somebody looks for records.

A stack with a trail has a rule of EventBridge that is on, leads somewhere, and sees each call that stops, moves or
blinds any trail of the account.

Source: CIS AWS Foundations Benchmark, monitoring of CloudTrail configuration changes; Amazon EventBridge User Guide,
"AWS service events delivered via AWS CloudTrail".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import alarms
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

TRAIL = "aws:cloudtrail/trail:Trail"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each trail of a stack in which no alarm sees some of the calls that would end it."""
    trails = list(stack.of_type(TRAIL))
    if not trails:
        return
    found = alarms.alarms(stack)
    yield from found.undecided
    seen = {one.call for one in found.see("cloudtrail") if not one.parameters}
    missed = [call for call in options.texts("calls") if call not in seen]
    for trail in trails if missed else ():
        yield Violation(f"no rule of this stack that is on and has a target tells of {', '.join(missed)}", trail.urn)


RULE = Rule(
    id="cloudtrail-change-raises-alarm",
    title="Stopping or changing a trail raises an alarm",
    kind=Kind.STACK,
    types=(TRAIL, alarms.RULE, alarms.TARGET),
    paths=("Trail:name", *alarms.PATHS),
    severity=Severity.HIGH,
    remediation="Add an EventRule of source aws.cloudtrail on these calls, with a target that tells.",
    url="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
    options={"calls": texts("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors")},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
