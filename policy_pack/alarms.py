"""What the alarms of a stack see: rules of EventBridge that are on, lead somewhere, and ask for calls.

A pattern is read as its alternatives. One counts where nothing in it narrows what it sees but the service, the names of
calls and their parameters: a field that is not read here could hide the very call.

Source: Amazon EventBridge User Guide, "Event patterns"; "AWS service events delivered via AWS CloudTrail".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from origins import as_registered
from rule import Undecided
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reading import Wire
    from resources import Resource, Stack

RULE, TARGET = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"
PATHS = ("EventRule:eventPattern", "EventRule:state", "EventRule:isEnabled", "EventTarget:rule")
CALL = "AWS API Call via CloudTrail"
OUTSIDE, INSIDE = {"source", "detail-type", "detail"}, {"eventSource", "eventName", "requestParameters"}


@dataclass(frozen=True)
class Seen:
    """A call that an alarm sees: of a service such as ``sts``, by its name, with parameters that it must have."""

    service: str
    call: str
    parameters: Mapping[str, Wire] = field(default_factory=dict)


@dataclass
class Alarms:
    """What the alarms of a stack see, and the patterns that are not known yet."""

    patterns: list[Wire] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)

    def see(self, service: str) -> Iterator[Seen]:
        """Yield the calls of a service that some alarm sees."""
        for pattern in self.patterns:
            for one in _alternatives(pattern):
                yield from _seen(one, service)


def alarms(stack: Stack) -> Alarms:
    """Return the alarms of a stack: the rules that are on and have a target."""
    found, made = find(stack, (RULE,), (TARGET,), "rule"), Alarms()
    for rule in found.parents:
        pattern = as_registered(rule).read("eventPattern")
        if pattern.unknown:
            made.undecided.append(Undecided(pattern, rule.urn))
        elif _is_on(rule) and found.of[rule.urn]:
            made.patterns.append(pattern.decoded().value)
    return made


def _is_on(rule: Resource) -> bool:
    said = as_registered(rule)
    state, enabled = said.read("state"), said.read("isEnabled")
    return (state.absent or str(state.value).startswith("ENABLED")) and enabled.flag() is not False


def _alternatives(pattern: Wire) -> Iterator[dict[str, Wire]]:
    """Yield the alternatives of a pattern; each asks for all of its fields."""
    if not isinstance(pattern, dict):
        return
    rest = {name: value for name, value in pattern.items() if name != "$or"}
    branches = pattern.get("$or")
    for branch in branches if isinstance(branches, list) else [{}]:
        if isinstance(branch, dict) and not set(branch) & set(rest):
            yield {**rest, **branch}


def _seen(pattern: Mapping[str, Wire], service: str) -> Iterator[Seen]:
    detail = pattern.get("detail")
    for inner in _alternatives(detail):
        calls, asked = inner.get("eventName"), inner.get("requestParameters", {})
        plain = set(pattern) <= OUTSIDE and set(inner) <= INSIDE and isinstance(asked, dict)
        of_service = (
            _admits(pattern, "source", f"aws.{service}")
            and _admits(pattern, "detail-type", CALL)
            and _admits(inner, "eventSource", f"{service}.amazonaws.com")
        )
        if plain and of_service and isinstance(calls, list):
            yield from (Seen(service, call, asked) for call in calls if isinstance(call, str))


def _admits(pattern: Mapping[str, Wire], name: str, value: str) -> bool:
    return name not in pattern or (isinstance(pattern[name], list) and value in pattern[name])
