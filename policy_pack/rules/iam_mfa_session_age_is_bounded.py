"""A second factor that was shown in the morning says nothing of who sits there at night.

Judged are policies that ask for a second factor: beside it a Deny of the same reach bounds its age. Twelve hours are
what GetSessionToken gives without being asked.

Source: IAM User Guide, "AWS global condition context keys", aws:MultiFactorAuthAge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from places import Holder
from rule import Kind, Level, Rule, Severity, Violation, integer

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for a document that denies without a second factor, and takes one of any age."""
    for held in documents.held(policy, Holder.IDENTITY):
        statements = held.document.statements if held.document else ()
        asks = any(one.denies and one.tests(PRESENT) for one in statements)
        if asks and not any(_bounds(one, int(options["maxAgeSeconds"])) for one in statements):
            yield Violation(f"{held.where}: no Deny bounds {AGE} to {options['maxAgeSeconds']} seconds")


def _bounds(statement: Statement, most: int) -> bool:
    return (
        statement.denies
        and statement.resources == ("*",)
        and len(statement.conditions) == 1
        and any(
            test.base in ("numericgreaterthan", "numericgreaterthanequals")
            and not test.quantifier
            and bool(test.values)
            and all(value.isdecimal() and int(value) <= most for value in test.values)
            for test in statement.tests(AGE)
        )
    )


RULE = Rule(
    id="iam-mfa-session-age-is-bounded",
    title="The second factor must be recent",
    kind=Kind.RESOURCE,
    types=("aws:iam/groupPolicy:GroupPolicy", "aws:iam/policy:Policy"),
    paths=("GroupPolicy:policy", "Policy:policy"),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Add a Deny with NumericGreaterThanIfExists aws:MultiFactorAuthAge, of everything but enrolling.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    options={"maxAgeSeconds": integer(43200, minimum=900)},
    seed=("S1",),
    validate=validate,
)
