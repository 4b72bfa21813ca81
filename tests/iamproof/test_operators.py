"""Every condition operator with its key present, missing, multi-valued and empty, as AWS documents them."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Environment, Outcome, Principal, Reading, Request, evaluate, parse_policy
from tests.batches import each_of

ROLE = Principal.role("arn:aws:iam::111122223333:role/app")
KEY = "example:Key"
ARN = "arn:aws:iam::111122223333:role/app"


def holds(
    operator: str, stated: Any, requested: Any, *, reading: Reading = Reading.EXACT, effect: str = "Allow"
) -> bool:
    """Whether the condition holds; `requested` is None where the key is missing."""
    condition = {"Effect": effect, "Action": "*", "Resource": "*", "Condition": {operator: {KEY: stated}}}
    policy = parse_policy({"Version": "2012-10-17", "Statement": [condition]})
    context = {} if requested is None else {KEY: requested}
    decision = evaluate(Request("s3:GetObject", "*", ROLE, context), Environment(identity=(policy,)), reading=reading)
    return decision.outcome is not Outcome.IMPLICIT_DENY


def said(operator: str, *values: Any) -> str:
    """Return what a row is called by."""
    return f"{operator}: {', '.join(map(repr, values))}"


SINGLE_VALUES = [
    ("StringEquals", "red", "red", True),
    ("StringEquals", "red", "Red", False),
    ("StringEquals", "r*", "red", False),
    ("StringEquals", "r*", "r*", True),
    ("StringEquals", ["red", "blue"], "blue", True),
    ("StringNotEquals", "red", "red", False),
    ("StringNotEquals", "red", "Red", True),
    ("StringNotEquals", ["red", "blue"], "blue", False),
    ("StringNotEquals", ["red", "blue"], "green", True),
    ("StringEqualsIgnoreCase", "RED", "rEd", True),
    ("StringEqualsIgnoreCase", "RED", "redd", False),
    ("StringNotEqualsIgnoreCase", "RED", "rEd", False),
    ("StringNotEqualsIgnoreCase", "RED", "blue", True),
    ("StringLike", "r*/?:x", "red/a/b/1:x", True),
    ("StringLike", "R*", "red", False),
    ("StringNotLike", "r*", "red", False),
    ("StringNotLike", "r*", "blue", True),
    ("NumericEquals", "10", "10.0", True),
    ("NumericEquals", 10, 11, False),
    ("NumericNotEquals", "10", "11", True),
    ("NumericNotEquals", "10", "10", False),
    ("NumericLessThan", "10", "9", True),
    ("NumericLessThan", "10", "10", False),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericLessThanEquals", "10", "10.5", False),
    ("NumericGreaterThan", "9", "10", True),
    ("NumericGreaterThan", "10", "10", False),
    ("NumericGreaterThanEquals", "10", "10", True),
    ("NumericGreaterThanEquals", "10", "9", False),
    ("NumericLessThan", "10", "nine", False),
    ("DateEquals", "2026-04-01T00:00:00Z", "2026-04-01T09:00:00+09:00", True),
    ("DateEquals", "2026-04-01", "1775001600", True),
    ("DateNotEquals", "2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z", True),
    ("DateNotEquals", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", False),
    ("DateLessThan", "2026-04-01T00:00:00Z", "2026-03-31T23:59:59Z", True),
    ("DateLessThan", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", False),
    ("DateLessThanEquals", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", True),
    ("DateLessThanEquals", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00.5Z", False),
    ("DateGreaterThan", "2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z", True),
    ("DateGreaterThan", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", False),
    ("DateGreaterThanEquals", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", True),
    ("DateGreaterThanEquals", "2026-04-01T00:00:00Z", "2026-03-01T00:00:00Z", False),
    ("Bool", "true", True, True),
    ("Bool", True, "true", True),
    ("Bool", "true", "false", False),
    ("Bool", "false", "false", True),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ6", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.7", True),
    ("IpAddress", "203.0.113.0/24", "203.0.114.7", False),
    ("IpAddress", "203.0.113.7", "203.0.113.7", True),
    ("IpAddress", "203.0.113.7/24", "203.0.113.200", True),
    ("IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5678::1", True),
    ("IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5679::1", False),
    ("IpAddress", ["203.0.113.0/24", "2001:db8::/32"], "2001:db8::1", True),
    ("IpAddress", "0.0.0.0/0", "2001:db8::1", False),
    ("NotIpAddress", "203.0.113.0/24", "203.0.113.7", False),
    ("NotIpAddress", "203.0.113.0/24", "198.51.100.1", True),
    ("ArnEquals", "arn:aws:iam::111122223333:role/*", ARN, True),
    ("ArnLike", "arn:aws:iam::*:role/a?p", ARN, True),
    ("ArnLike", "arn:aws:iam::*:role/b*", ARN, False),
    ("ArnNotEquals", "arn:aws:iam::111122223333:role/*", ARN, False),
    ("ArnNotEquals", "arn:aws:iam::111122223333:user/*", ARN, True),
    ("ArnNotLike", "arn:aws:iam::*:role/a?p", ARN, False),
    ("ArnNotLike", "arn:aws:iam::*:role/b*", ARN, True),
    ("Null", "true", "there", False),
    ("Null", "false", "there", True),
    ("Null", False, "", True),
]


@each_of("operator, stated, requested, expected", SINGLE_VALUES, says=said)
def test_an_operator_compares_one_value(operator: str, stated: Any, requested: Any, *, expected: bool) -> None:
    assert holds(operator, stated, requested) is expected


@each_of("operator, stated, requested, expected", [row for row in SINGLE_VALUES if row[0] != "Null"], says=said)
def test_if_exists_changes_nothing_where_the_key_is_present(
    operator: str, stated: Any, requested: Any, *, expected: bool
) -> None:
    assert holds(f"{operator}IfExists", stated, requested) is expected


SAMPLES = {
    "String": "red",
    "Numeric": "10",
    "Date": "2026-04-01",
    "Bool": "true",
    "Binary": "QmluYXJ5",
    "Ip": "203.0.113.0/24",
    "NotIp": "203.0.113.0/24",
    "Arn": ARN,
}
POSITIVE = [
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    *(f"{kind}{test}" for kind in ("Numeric", "Date") for test in ("Equals", "LessThan", "LessThanEquals")),
    *(f"{kind}{test}" for kind in ("Numeric", "Date") for test in ("GreaterThan", "GreaterThanEquals")),
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "ArnEquals",
    "ArnLike",
]
NEGATED = [
    "StringNotEquals",
    "StringNotEqualsIgnoreCase",
    "StringNotLike",
    "NumericNotEquals",
    "DateNotEquals",
    "NotIpAddress",
    "ArnNotEquals",
    "ArnNotLike",
]


def sample(operator: str) -> str:
    return next(value for prefix, value in SAMPLES.items() if operator.startswith(prefix))


def absent_of(operators: list[str]) -> list[tuple[str, Any]]:
    """Return each operator with both forms of a missing key."""
    missing: tuple[Any, ...] = (None, [])
    return [(operator, absent) for operator in operators for absent in missing]


@each_of("operator, absent", absent_of(POSITIVE), says=said)
def test_a_positive_operator_is_false_on_a_missing_key(operator: str, absent: Any) -> None:
    assert not holds(operator, sample(operator), absent)


@each_of("operator, absent", absent_of(NEGATED), says=said)
def test_a_negated_operator_is_true_on_a_missing_key(operator: str, absent: Any) -> None:
    assert holds(operator, sample(operator), absent)


@each_of("operator, absent", absent_of(POSITIVE + NEGATED), says=said)
def test_if_exists_and_for_all_values_are_true_on_a_missing_key_and_for_any_value_false(
    operator: str, absent: Any
) -> None:
    value = sample(operator)
    assert holds(f"{operator}IfExists", value, absent)
    assert holds(f"ForAllValues:{operator}", value, absent)
    assert holds(f"ForAllValues:{operator}IfExists", value, absent)
    assert not holds(f"ForAnyValue:{operator}", value, absent)


def test_null_tells_missing_from_present() -> None:
    assert holds("Null", "true", None)
    assert holds("Null", "true", [])
    assert not holds("Null", "false", None)
    assert holds("Null", ["true", "false"], None), "several values are alternatives"


@pytest.mark.parametrize(
    ("operator", "stated", "requested", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAllValues:StringEquals", ["a", "b"], "a", True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], True),
        ("ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], False),
        ("ForAnyValue:StringNotEquals", ["a", "b"], ["a", "c"], True),
        ("ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], False),
        ("ForAllValues:StringLike", "team-*", ["team-1", "team-2"], True),
        ("ForAnyValue:ArnNotLike", "arn:aws:iam::*:role/a*", [ARN], False),
        ("ForAnyValue:NumericLessThan", "5", [7, 3], True),
        ("ForAllValues:StringEquals", "a", [""], True),
        ("ForAnyValue:StringNotEquals", "a", [""], False),
        ("ForAllValues:StringEquals", "a", ["", "a"], False),
        ("StringEquals", "a", ["b", "a"], True),
        ("StringNotEquals", "a", ["b", "a"], False),
    ],
)
def test_an_operator_compares_several_values(operator: str, stated: Any, requested: Any, *, expected: bool) -> None:
    assert holds(operator, stated, requested) is expected


@pytest.mark.parametrize(
    ("operator", "stated", "requested"),
    [
        ("ForAnyValue:StringEqualsIfExists", "a", None),
        ("StringEquals", "a", ["a", "b"]),
        ("StringNotEquals", "a", ["a", "b"]),
        ("NumericNotEquals", "10", "ten"),
        ("NumericEquals", "10", "ten"),
        ("ArnLike", "arn:aws:iam::*:role/*", "no arn"),
        ("ArnNotLike", "arn:aws:iam::*:role/*", "no arn"),
        ("ForAnyValue:StringEquals", "", [""]),
        ("ForAllValues:StringEquals", "a", [""]),
    ],
)
def test_where_documentation_is_silent_the_bracket_allows_and_does_not_deny(
    operator: str, stated: Any, requested: Any
) -> None:
    assert holds(operator, stated, requested, reading=Reading.BRACKET, effect="Allow")
    assert not holds(operator, stated, requested, reading=Reading.BRACKET, effect="Deny")


def test_different_keys_and_operators_must_all_hold() -> None:
    condition = {"StringEquals": {"example:A": "1", "example:B": "2"}, "Bool": {"example:C": "true"}}
    policy = parse_policy({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}})
    full: dict[str, Any] = {"EXAMPLE:a": "1", "example:b": "2", "example:C": True}
    environment = Environment(identity=(policy,))
    assert evaluate(Request("s3:GetObject", "*", ROLE, full), environment).allowed
    for missing in full:
        context = {key: value for key, value in full.items() if key != missing}
        assert not evaluate(Request("s3:GetObject", "*", ROLE, context), environment).allowed, missing
