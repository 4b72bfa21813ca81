"""What no rule could decide yet is named, rule by rule and resource by resource, and never passes in silence.

It stands last in the pack, so that it sees what resource rules and stack rules recorded in this preview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import deferrals
from rule import Kind, Level, Note, Rule, Severity

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


def validate(_stack: Stack, _options: Options) -> Findings:
    """Yield one note for each rule and resource that were left to the update."""
    for rule, urn, places in deferrals.recorded():
        yield Note(f"{rule} is decided at the update: {', '.join(places)} not known yet", urn)
    deferrals.forget()


RULE = Rule(
    id="deferred",
    title="What is decided only at the update is named",
    kind=Kind.STACK,
    types=("*",),
    paths=(),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Nothing is to be done: the rule judges the value at the update, before the resource is made.",
    url="https://www.pulumi.com/docs/iac/crossguard/",
    validate=validate,
)
