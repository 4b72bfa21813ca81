"""An Allow with ForAllValues holds for a request that does not carry the key at all.

Source: IAM User Guide, "Single-valued vs. multivalued context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import PERMISSIONS
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each ForAllValues in an Allow whose key is not demanded beside it."""
    for held, statement in documents.statements(resource, *PERMISSIONS):
        for test in statement.conditions:
            if statement.allows and test.quantifier == "forallvalues" and not _demanded(statement, test.key):
                yield Violation(f"{held.where}: {statement.label} holds without {test.key}")


def _demanded(statement: Statement, key: str) -> bool:
    """Return whether a Null test of the same statement fails where the key is missing."""
    return any(
        test.base == "null" and {value.lower() for value in test.values} == {"false"} for test in statement.tests(key)
    )


RULE = Rule(
    id="iam-for-all-values-guards-absence",
    title="An Allow with ForAllValues also demands the key",
    kind=Kind.RESOURCE,
    types=places.types_of(*PERMISSIONS),
    paths=places.paths_of(*PERMISSIONS),
    severity=Severity.HIGH,
    remediation="Add Null false for the same key to the Allow (only in an Allow, never in a Deny).",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    validate=validate,
)
