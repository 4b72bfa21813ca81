"""An Allow of everything but a list grants each new action and resource of AWS on its first day.

Source: IAM User Guide, "IAM JSON policy elements: NotAction" and "NotResource".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

COMPLEMENTS = ("NotAction", "NotResource")


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow that is written as a complement."""
    for held, statement in documents.statements(resource, Holder.IDENTITY):
        written = [element for element in COMPLEMENTS if element in statement.raw]
        if statement.allows and written:
            yield Violation(f"{held.where}: {statement.label} allows by {' and '.join(written)}")


RULE = Rule(
    id="iam-allow-has-no-not-action",
    title="No Allow uses NotAction or NotResource",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=places.paths_of(Holder.IDENTITY),
    severity=Severity.HIGH,
    remediation="List what is allowed instead of what is not.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    validate=validate,
)
