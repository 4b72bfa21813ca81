"""A Deny that first asks whether the key is there is switched off by leaving the parameter out.

`StringLike` with a star alone asks the same question. `Null` false alone denies the presence of the key and is fine;
so is a negated test beside it in a listed statement, where absence is the safe state.

Source: IAM User Guide, "Condition operator to check existence of condition keys (Null)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import PERMISSIONS
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Condition
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each key that a Deny tests only where it is present."""
    exempt = options.texts("exemptSids")
    for held, statement in documents.statements(resource, *PERMISSIONS):
        if not statement.denies:
            continue
        for key in sorted({condition.key.lower() for condition in statement.conditions}):
            tests = statement.tests(key)
            guards = [test for test in tests if _asks_presence(test)]
            others = [test for test in tests if not _asks_presence(test)]
            spared = statement.sid in exempt and all(test.negated for test in others)
            if guards and others and not spared:
                yield Violation(f"{held.where}: {statement.label} tests {tests[0].key} only where it is present")


def _asks_presence(test: Condition) -> bool:
    """Return whether a test holds exactly when its key is there."""
    if test.base == "null":
        return "false" in [value.lower() for value in test.values]
    anything = any(not value.strip("*?") and "*" in value for value in test.values)
    return test.base in ("stringlike", "arnlike", "arnequals") and not test.if_exists and anything


RULE = Rule(
    id="iam-deny-has-no-null-false-guard",
    title="No Deny tests a value only when the key is present",
    kind=Kind.RESOURCE,
    types=places.types_of(*PERMISSIONS),
    paths=places.paths_of(*PERMISSIONS),
    severity=Severity.CRITICAL,
    remediation=(
        "Remove the guard, deny absence with Null true in a statement of its own, or use a negated or "
        "IfExists operator that also holds when the key is missing."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null",
    options={"exemptSids": texts("NoForeignFileSystem")},
    seed=("S2",),
    validate=validate,
)
