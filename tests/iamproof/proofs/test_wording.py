"""Conditions as a reader says them: the words mean what the operator means."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import AnyString, Environment, Principal, Query, Situation, goals, parse_policy, who_can
from iamproof.wording import in_words

ACCOUNT = "111122223333"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/alice", {"user": "alice"})
ANN = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/ann", {"user": "alice"})
KEY = "s3:prefix"
CASE = "in any case of its letters"

WORDS: list[tuple[str, Any, str, str]] = [
    ("StringEquals", "a", "K is 'a'", "K is not 'a', or K is missing"),
    ("StringEquals", ["a", "b"], "K is 'a' or 'b'", "K is not 'a' or 'b', or K is missing"),
    ("StringEqualsIfExists", "a", "K is 'a', or K is missing", "K is not 'a'"),
    ("StringNotEquals", "a", "K is not 'a', or K is missing", "K is 'a'"),
    ("StringLike", "a*", "K is like 'a*'", "K is not like 'a*', or K is missing"),
    ("StringNotLike", "a?", "K is not like 'a?', or K is missing", "K is like 'a?'"),
    (
        "StringEqualsIgnoreCase",
        "a",
        "K is 'a' in any case of its letters",
        "K is not 'a' in any case of its letters, or K is missing",
    ),
    ("NumericLessThan", "9", "K is less than '9'", "K is at least '9', or K is missing"),
    ("NumericLessThanEquals", "9", "K is at most '9'", "K is more than '9', or K is missing"),
    ("NumericGreaterThan", "9", "K is more than '9'", "K is at most '9', or K is missing"),
    ("NumericGreaterThanIfExists", "9", "K is more than '9', or K is missing", "K is at most '9'"),
    ("NumericGreaterThanEquals", ["5", "9"], "K is at least '5' or '9'", "K is less than '5' and '9', or K is missing"),
    ("NumericEquals", "9", "K is '9'", "K is not '9', or K is missing"),
    ("DateLessThan", "2027-03-31", "K is before '2027-03-31'", "K is not before '2027-03-31', or K is missing"),
    ("DateGreaterThan", "2027-03-31", "K is after '2027-03-31'", "K is not after '2027-03-31', or K is missing"),
    ("IpAddress", "10.0.0.0/8", "K is in '10.0.0.0/8'", "K is not in '10.0.0.0/8', or K is missing"),
    ("NotIpAddress", "10.0.0.0/8", "K is not in '10.0.0.0/8', or K is missing", "K is in '10.0.0.0/8'"),
    ("Null", "true", "K is missing", "K is there"),
    ("Null", "false", "K is there", "K is missing"),
    ("ForAllValues:StringEquals", "a", "each of K is 'a', or K is missing", "one of K is not 'a'"),
    ("ForAnyValue:StringEquals", "a", "one of K is 'a'", "each of K is not 'a', or K is missing"),
    ("ForAnyValue:StringNotLike", "a*", "one of K is not like 'a*'", "each of K is like 'a*', or K is missing"),
]


def condition(operator: str, value: Any) -> Any:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {KEY: value}}}
    return parse_policy({"Version": "2012-10-17", "Statement": statement}).statements[0].conditions[0]


@pytest.mark.parametrize(("operator", "value", "holds", "fails"), WORDS)
def test_an_operator_and_its_contrary_are_said_in_words(operator: str, value: Any, holds: str, fails: str) -> None:
    said = [in_words(goals.Test(condition(operator, value), "exact", wanted), ALICE) for wanted in (True, False)]
    assert said[0] == holds.replace("K", KEY)
    assert said[1] == fails.replace("K", KEY)


@pytest.mark.parametrize(
    ("principal", "text", "said"),
    [
        (ALICE, "users/${aws:PrincipalTag/user}/*", "is like 'users/alice/*'"),
        (ANN, "home/${aws:username}/?", "is like 'home/ann/?'"),
        (ALICE, "home/${aws:username}/*", "is like 'home/${aws:username}/*'"),
        (
            ALICE,
            "${aws:PrincipalTag/user}-${aws:RequestTag/x}*",
            "is like '${aws:PrincipalTag/user}-${aws:RequestTag/x}*'",
        ),
    ],
)
def test_a_variable_is_said_as_what_it_holds_for_the_principal(principal: Principal, text: str, said: str) -> None:
    assert in_words(goals.Test(condition("StringLike", text), "exact", wanted=True), principal) == f"{KEY} {said}"


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ({"StringNotLike": "a*", "Null": "false"}, "s3:prefix is not like 'a*', and is there"),
        (
            {"StringNotLike": "a*", "StringNotLikeIfExists": "b*"},
            "s3:prefix is not like 'b*'; s3:prefix is not like 'a*', or s3:prefix is missing",
        ),
        ({"NumericLessThan": "9"}, "s3:prefix is less than '9'"),
        ({"StringNotLike": "a*"}, "s3:prefix is not like 'a*', or s3:prefix is missing"),
    ],
)
def test_what_is_left_of_a_key_says_whether_it_may_be_missing(tests: dict[str, str], said: str) -> None:
    conditions = {operator: {KEY: value} for operator, value in tests.items()}
    allow = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": conditions}
    policy = parse_policy({"Version": "2012-10-17", "Statement": allow})
    asked = Query("s3:ListBucket", "arn:aws:s3:::b", {"aws:ResourceAccount": ACCOUNT})
    where = Situation(ALICE, Environment(identity=(policy,), account=ACCOUNT, resource_account=ACCOUNT))
    (able,) = who_can(where, asked).able
    assert [way.conditions for way in able.ways] == [(said,)]


def test_a_key_that_the_query_says_is_there_is_said_to_be_there() -> None:
    condition = {"StringNotLike": {KEY: "a*"}}
    allow = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": condition}
    policy = parse_policy({"Version": "2012-10-17", "Statement": allow})
    asked = Query("s3:ListBucket", "arn:aws:s3:::b", {"aws:ResourceAccount": ACCOUNT, KEY: AnyString})
    where = Situation(ALICE, Environment(identity=(policy,), account=ACCOUNT, resource_account=ACCOUNT))
    (able,) = who_can(where, asked).able
    assert [way.conditions for way in able.ways] == [("s3:prefix is not like 'a*', and is there",)]
