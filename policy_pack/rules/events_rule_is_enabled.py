"""A rule that is switched off sees nothing, and whoever relies on its alarm is not told so.

Source: Amazon EventBridge API Reference, PutRule (default state: ENABLED).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

ON = ("ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")


def validate(rule: Resource, _options: Options) -> Findings:
    """Yield a finding for a rule that is off, in either way of saying it."""
    state, enabled = rule.read("state"), rule.read("isEnabled")
    if state.unknown:
        yield Undecided(state)
    elif state.present and state.value not in ON:
        yield Violation(f"state is not one of {', '.join(ON)}")
    if enabled.unknown:
        yield Undecided(enabled)
    elif enabled.present and enabled.flag() is False:
        yield Violation("isEnabled switches the rule off")


RULE = Rule(
    id="events-rule-is-enabled",
    title="Rules that watch for events are on",
    kind=Kind.RESOURCE,
    types=("aws:cloudwatch/eventRule:EventRule",),
    paths=("state", "isEnabled"),
    severity=Severity.MEDIUM,
    remediation="Set state to ENABLED, or remove the rule.",
    url="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
