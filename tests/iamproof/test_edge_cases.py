"""Edges of the evaluator's rules that a small slip in the code would move."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Environment, Principal, Reading, Request, evaluate, parse_policy
from iamproof.matching import Glob, matches_arn
from iamproof.truth import NO, YES

ACCOUNT, OTHER = "111122223333", "999999999999"
ROLE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/app")
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
OBJECT = "arn:aws:s3:::bucket/key"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def allowed(
    principal: Principal = ROLE, context: dict[str, Any] | None = None, reading: Reading = Reading.EXACT, **given: Any
) -> bool:
    """Decide s3:GetObject; each of `given` is a statement of that kind of policy, or another part of Environment."""
    parsed: dict[str, Any] = {
        key: parse_policy({"Version": "2012-10-17", "Statement": value}) if isinstance(value, dict) else value
        for key, value in given.items()
    }
    identity = parsed.pop("identity", None)
    environment = Environment(identity=(identity,) if identity else (), **parsed)
    return evaluate(Request("s3:GetObject", OBJECT, principal, context or {}), environment, reading=reading).allowed


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("*?b*", "ab", True),
        ("*?b*", "b", False),
        ("*ab*b*", "ab", False),
        ("*ab*b*", "abb", True),
        ("a*a", "a", False),
        ("??", "a", False),
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("?", "", False),
    ],
)
def test_pieces_between_stars_neither_overlap_nor_miss_the_end(pattern: str, text: str, *, expected: bool) -> None:
    assert Glob.of(pattern).matches(text) is expected


def test_a_star_in_the_account_of_an_arn_does_not_run_into_the_resource() -> None:
    pattern = Glob.of("arn:aws:iam::1*:role/x")
    assert matches_arn(pattern, "arn:aws:iam::12:role/x") == YES
    assert matches_arn(pattern, "arn:aws:iam::12:a:role/x") == NO


def test_an_empty_list_shows_no_endpoint() -> None:
    endpoint = {**EVERYTHING, "Principal": "*", "Action": "sqs:*"}
    absent: list[dict[str, Any]] = [{}, {"aws:SourceVpce": []}]
    for context in absent:
        assert allowed(context=context, reading=Reading.BRACKET, identity=EVERYTHING, endpoint=endpoint)
    inside = {"aws:SourceVpce": "vpce-1"}
    assert not allowed(context=inside, reading=Reading.BRACKET, identity=EVERYTHING, endpoint=endpoint)


@pytest.mark.parametrize("value", ["yes", "0", "falsey"])
def test_what_is_no_boolean_is_neither_true_nor_false(value: str) -> None:
    for stated in ("true", "false"):
        condition = {"Bool": {"example:Key": stated}}
        assert not allowed(context={"example:Key": value}, identity={**EVERYTHING, "Condition": condition})


def test_a_month_is_a_date_on_its_first_day() -> None:
    identity = {**EVERYTHING, "Condition": {"DateEquals": {"aws:CurrentTime": "2026-04"}}}
    assert allowed(context={"aws:CurrentTime": "2026-04-01T00:00:00Z"}, identity=identity)
    assert not allowed(context={"aws:CurrentTime": "2026-04-02"}, identity=identity)


def test_root_is_listed_where_its_account_is() -> None:
    deny = {**EVERYTHING, "Effect": "Deny", "NotPrincipal": {"AWS": ROOT}}
    assert allowed(Principal.from_arn(ROOT), resource=deny)
    assert not allowed(Principal.from_arn(ROOT), resource={**deny, "NotPrincipal": {"AWS": OTHER}})


def test_a_foreign_resources_policy_that_is_given_must_allow() -> None:
    unrelated = {**EVERYTHING, "Principal": {"AWS": OTHER}}
    assert not allowed(identity=EVERYTHING, resource_account=OTHER, resource=unrelated)
    assert allowed(identity=EVERYTHING, resource_account=OTHER, resource={**unrelated, "Principal": {"AWS": ACCOUNT}})
