"""A role session has no user name: what a role's policy says of it grants nothing, or denies nothing.

Source: IAM User Guide, "IAM policy elements: Variables and tags", where you can use policy variables; "AWS global
condition context keys", aws:username.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from grants import LABELS, TYPES, carried
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource, Stack
    from rule import Findings, Options

KEY = "aws:username"
VARIABLE = f"${{{KEY}}}"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each statement that a role carries and that speaks of a user's name."""
    speaking: dict[str, list[str]] = {}
    for found in carried(stack):
        for one in found.untold:
            yield Undecided(one, found.role.urn)
        for holder in found.holders:
            if holder.urn not in speaking:
                speaking[holder.urn] = _speaking(holder)
            for label in speaking[holder.urn]:
                yield Violation(f"{holder.name}: {label} speaks of {KEY}, which no role session has", found.role.urn)


def _speaking(holder: Resource) -> list[str]:
    return [
        statement.label for _, statement in documents.statements(holder, Holder.IDENTITY) if _speaks_of_name(statement)
    ]


def _speaks_of_name(statement: Statement) -> bool:
    texts = (*statement.resources, *statement.not_resources, *(v for test in statement.conditions for v in test.values))
    return bool(statement.tests(KEY)) or any(VARIABLE in text.lower() for text in texts)


RULE = Rule(
    id="iam-role-policy-avoids-username-variable",
    title="Policies of roles do not rely on the user name variable",
    kind=Kind.STACK,
    types=TYPES,
    paths=LABELS,
    severity=Severity.MEDIUM,
    remediation="Use the principal tag of the role instead.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    seed=("S4",),
    validate=validate,
)
