"""A trail with selectors records what they select alone: without one for management, nobody sees who changed what.

Source: AWS CloudTrail User Guide, "Logging management events", advanced event selectors; API Reference, EventSelector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from reading import Wire
    from resources import Resource
    from rule import Findings, Options

ADVANCED, PLAIN = "advancedEventSelectors", "eventSelectors"
CATEGORY, MANAGEMENT = "eventCategory", "Management"


def validate(trail: Resource, _options: Options) -> Findings:
    """Yield a finding unless the trail records management calls, reads and writes, whoever makes them."""
    advanced, plain = trail.read(ADVANCED), trail.read(PLAIN)
    if advanced.unknown or plain.unknown:
        yield from (Undecided(one) for one in (advanced, plain) if one.unknown)
    elif advanced.given and not any(map(_selects_all, advanced.value)):
        yield Violation(f"{ADVANCED} selects not all management calls")
    elif plain.given and not any(map(_includes_all, plain.value)):
        yield Violation(f"{PLAIN} leaves out management calls")


def _selects_all(selector: Wire) -> bool:
    """Return whether a selector asks for nothing but management calls: further fields leave some out."""
    fields = selector.get("fieldSelectors") or []
    return [(one.get("field"), one.get("equals")) for one in fields] == [(CATEGORY, [MANAGEMENT])]


def _includes_all(selector: Wire) -> bool:
    every = selector.get("includeManagementEvents") not in (False, "false")
    return (
        every and selector.get("readWriteType") in (None, "All") and not selector.get("excludeManagementEventSources")
    )


RULE = Rule(
    id="cloudtrail-trail-records-calls",
    title="The trail records all management calls",
    kind=Kind.RESOURCE,
    types=("aws:cloudtrail/trail:Trail",),
    paths=(ADVANCED, PLAIN),
    severity=Severity.HIGH,
    remediation="Add a selector whose one field is eventCategory, equal to Management.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html",
    frameworks=("FSBP CloudTrail.1", "FSBP CloudTrail.3"),
    mirrored_by=("runtime audit",),
    validate=validate,
)
