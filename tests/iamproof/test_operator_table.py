"""Every condition operator with its key present, missing, multi-valued and empty, by section of AWS' documentation.

Sources, pages of the IAM User Guide: reference_policies_elements_condition_operators, whose section stands beside each
operator, and reference_policies_condition-single-vs-multi-valued-context-keys for the set operators. AWS documents the
outcomes by class of operator, positive or negated; what it leaves open is marked as this library's exact reading.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from iamproof import Environment, Outcome, Principal, Request, evaluate, parse_policy
from iamproof.operators import COMPARISONS
from tests.batches import each_of

ROLE = Principal.role("arn:aws:iam::111122223333:role/app")
KEY = "example:Key"


class Sample(NamedTuple):
    """An operator's section, a stated value, and requested values of which the first equals it and the second not."""

    section: str
    stated: str
    same: str
    other: str


TEXT = Sample("String condition operators", "red", "red", "blue")
ANY_CASE = Sample("String condition operators", "red", "RED", "blue")
LIKE = Sample("String condition operators", "r?d*", "redder", "blue")
NUMBER, NUMBER_ABOVE, NUMBER_BELOW = (
    Sample("Numeric condition operators", "10", *values) for values in (("10", "11"), ("11", "9"), ("9", "11"))
)
DAY, LATER, EARLIER = "2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z", "2026-03-31T23:59:59Z"
DATE, AFTER, BEFORE = (
    Sample("Date condition operators", DAY, *values) for values in ((DAY, LATER), (LATER, EARLIER), (EARLIER, LATER))
)
ADDRESS = Sample("IP address condition operators", "2001:db8:1234:5678::/64", "2001:db8:1234:5678::9", "203.0.113.9")
ARN = Sample(
    "Amazon Resource Name (ARN) condition operators",
    "arn:aws:sns:*:111122223333:a-*",
    "arn:aws:sns:eu-west-1:111122223333:a-b",
    "arn:aws:sns:eu-west-1:999999999999:a-b",
)
POSITIVE = {
    "StringEquals": TEXT,
    "StringEqualsIgnoreCase": ANY_CASE,
    "StringLike": LIKE,
    "NumericEquals": NUMBER,
    "NumericLessThan": NUMBER_BELOW,
    "NumericLessThanEquals": NUMBER,
    "NumericGreaterThan": NUMBER_ABOVE,
    "NumericGreaterThanEquals": NUMBER._replace(other="9"),
    "DateEquals": DATE,
    "DateLessThan": BEFORE,
    "DateLessThanEquals": DATE,
    "DateGreaterThan": AFTER,
    "DateGreaterThanEquals": DATE._replace(other=EARLIER),
    "Bool": Sample("Boolean condition operators", "true", "true", "false"),
    "BinaryEquals": Sample("Binary condition operators", "QmluYXJ5", "QmluYXJ5", "QmluYXJ6"),
    "IpAddress": ADDRESS,
    "ArnEquals": ARN,
    "ArnLike": ARN,
}
NEGATED = {
    "StringNotEquals": TEXT,
    "StringNotEqualsIgnoreCase": ANY_CASE,
    "StringNotLike": LIKE,
    "NumericNotEquals": NUMBER,
    "DateNotEquals": DATE,
    "NotIpAddress": ADDRESS,
    "ArnNotEquals": ARN,
    "ArnNotLike": ARN,
}
# Requested values -> whether a positive and whether a negated operator holds, by prefix. "same", "other" stand for
# the sample's values; None is a missing key, [] an empty one and "" a present key of empty text.
Requested = tuple[str, ...] | str | None
DOCUMENTED: dict[str, list[tuple[Requested, bool, bool]]] = {
    "": [("same", True, False), ("other", False, True), (None, False, True), ((), False, True)],
    "ForAllValues:": [
        ("same", True, False),
        ("other", False, True),
        (("same", "other"), False, False),
        (("same", "same"), True, False),
        (("other", "other"), False, True),
        (None, True, True),
        ((), True, True),
        ("", True, True),
    ],
    "ForAnyValue:": [
        ("same", True, False),
        ("other", False, True),
        (("same", "other"), True, True),
        (("same", "same"), True, False),
        (("other", "other"), False, True),
        (None, False, False),
        ((), False, False),
        ("", False, False),
    ],
}
EXACT_READING: dict[str, list[tuple[Requested, bool, bool]]] = {
    # An operator without a set prefix on several values, and empty text that is no value of the operator's type.
    "": [(("same", "other"), True, False), (("other", "other"), False, True), ("", False, True)],
    "ForAllValues:": [],
    "ForAnyValue:": [],
}


def holds(operator: str, sample: Sample, requested: Requested) -> bool:
    """Whether the condition holds for a request with these values."""
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {KEY: sample.stated}}}
    names = {"same": sample.same, "other": sample.other}
    values: Any = names.get(requested, requested) if isinstance(requested, str) else requested
    values = [names[name] for name in values] if isinstance(values, tuple) else values
    context = {} if values is None else {KEY: values}
    environment = Environment(identity=(parse_policy({"Version": "2012-10-17", "Statement": statement}),))
    return evaluate(Request("s3:GetObject", "*", ROLE, context), environment).outcome is Outcome.ALLOWED


def label(operator: str, sample: Sample, requested: Requested, expected: bool) -> str:  # noqa: FBT001  a row's part
    return f"{operator} on {requested!r} ({sample.section}) {expected}"


def rows(table: dict[str, list[tuple[Requested, bool, bool]]]) -> list[Any]:
    out = []
    for negated, operators in enumerate((POSITIVE, NEGATED)):
        for name, sample in operators.items():
            for prefix, cases in table.items():
                for requested, *expected in cases:
                    out.append((f"{prefix}{name}", sample, requested, expected[negated]))
    return out


@each_of("operator, sample, requested, expected", rows(DOCUMENTED), says=label)
def test_an_operator_does_what_its_section_documents(
    operator: str, sample: Sample, requested: Requested, *, expected: bool
) -> None:
    assert holds(operator, sample, requested) is expected


@each_of("operator, sample, requested, expected", rows(EXACT_READING), says=label)
def test_the_exact_reading_decides_what_documentation_leaves_open(
    operator: str, sample: Sample, requested: Requested, *, expected: bool
) -> None:
    assert holds(operator, sample, requested) is expected


@each_of("operator, sample, requested, expected", rows(DOCUMENTED), says=label)
def test_if_exists_is_true_on_a_missing_key_and_else_changes_nothing(
    operator: str, sample: Sample, requested: Requested, *, expected: bool
) -> None:
    # ForAnyValue with IfExists on a missing key: documented both ways; true is this library's exact reading.
    missing = requested is None or requested == ()
    assert holds(f"{operator}IfExists", sample, requested) is (missing or expected)


@pytest.mark.parametrize(
    ("stated", "requested", "expected"),
    [
        ("true", None, True),
        ("true", (), True),
        ("true", "same", False),
        ("true", "", False),
        ("true", ("same", "other"), False),
        ("false", None, False),
        ("false", (), False),
        ("false", "same", True),
        ("false", "", True),
        ("false", ("same", "other"), True),
    ],
)
def test_null_checks_for_the_key_alone(stated: str, requested: Requested, *, expected: bool) -> None:
    assert (
        holds("Null", Sample("Condition operator to check existence of condition keys", stated, "a", "b"), requested)
        is expected
    )


def test_the_table_has_every_operator() -> None:
    assert {*POSITIVE, *NEGATED, "Null"} == set(COMPARISONS)
