"""Policy variables: values, defaults, escapes, versions, and what happens without a value."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Environment, Outcome, Principal, Reading, Request, evaluate, parse_policy

BUCKET = "arn:aws:s3:::bucket/"


def allowed(statement: dict[str, Any], key: str, *, version: str = "2012-10-17", **tags: str) -> bool:
    """Whether a role with these tags may do s3:GetObject on a key of the bucket."""
    return decide(statement, key, version=version, tags=tags) is Outcome.ALLOWED


def decide(
    statement: dict[str, Any],
    key: str,
    *,
    version: str = "2012-10-17",
    tags: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
    reading: Reading = Reading.EXACT,
) -> Outcome:
    full = {"Effect": "Allow", "Action": "s3:GetObject", **statement}
    policy = parse_policy({"Version": version, "Statement": full})
    role = Principal.role("arn:aws:iam::111122223333:role/app", tags=tags)
    request = Request("s3:GetObject", BUCKET + key, role, context or {})
    return evaluate(request, Environment(identity=(policy,)), reading=reading).outcome


OWN_PREFIX = {"Resource": BUCKET + "${aws:PrincipalTag/user}/*"}


def test_a_variable_is_replaced_by_the_requests_value() -> None:
    assert allowed(OWN_PREFIX, "alice/k", user="alice")
    assert not allowed(OWN_PREFIX, "bob/k", user="alice")
    assert not allowed(OWN_PREFIX, "alice2/k", user="alice")


def test_the_name_of_a_variable_has_no_case() -> None:
    assert allowed({"Resource": BUCKET + "${AWS:principaltag/USER}/*"}, "alice/k", user="alice")


def test_in_version_2008_a_variable_is_literal_text() -> None:
    assert not allowed(OWN_PREFIX, "alice/k", version="2008-10-17", user="alice")
    assert allowed(OWN_PREFIX, "${aws:PrincipalTag/user}/k", version="2008-10-17", user="alice")


def test_a_resource_entry_with_a_variable_without_value_matches_nothing() -> None:
    assert not allowed(OWN_PREFIX, "alice/k")
    assert not allowed(OWN_PREFIX, "/k")
    assert allowed({"Resource": [BUCKET + "${aws:PrincipalTag/user}/*", BUCKET + "open/*"]}, "open/k")


def test_a_not_resource_entry_with_a_variable_without_value_spares_nothing() -> None:
    assert allowed({"NotResource": BUCKET + "${aws:PrincipalTag/user}/*"}, "alice/k")


def test_string_equals_is_false_and_string_not_equals_true_for_a_variable_without_value() -> None:
    test = {"s3:prefix": "${aws:PrincipalTag/user}"}
    context = {"s3:prefix": "alice"}
    equals = {"Resource": "*", "Condition": {"StringEquals": test}}
    differs = {"Resource": "*", "Condition": {"StringNotEquals": test}}
    assert decide(equals, "k", context=context) is Outcome.IMPLICIT_DENY
    assert decide(differs, "k", context=context) is Outcome.ALLOWED


def test_a_default_stands_in_for_a_missing_value_only() -> None:
    statement = {"Resource": BUCKET + "${aws:PrincipalTag/team, 'company-wide'}/*"}
    assert allowed(statement, "company-wide/k")
    assert allowed(statement, "red/k", team="red")
    assert not allowed(statement, "company-wide/k", team="red")


@pytest.mark.parametrize(("escape", "character"), [("${*}", "*"), ("${?}", "?"), ("${$}", "$")])
def test_an_escape_is_the_character_itself(escape: str, character: str) -> None:
    assert allowed({"Resource": BUCKET + escape}, character)
    assert not allowed({"Resource": BUCKET + escape}, "x")
    like = {"Resource": "*", "Condition": {"StringLike": {"s3:prefix": escape + "*"}}}
    assert decide(like, "k", context={"s3:prefix": character + "tail"}) is Outcome.ALLOWED
    assert decide(like, "k", context={"s3:prefix": "tail"}) is Outcome.IMPLICIT_DENY


def test_a_value_with_a_wildcard_is_literal_text_and_the_bracket_takes_both() -> None:
    assert allowed(OWN_PREFIX, "*/k", user="*")
    assert not allowed(OWN_PREFIX, "bob/k", user="*")
    assert decide(OWN_PREFIX, "bob/k", tags={"user": "*"}, reading=Reading.BRACKET) is Outcome.ALLOWED
    deny = {**OWN_PREFIX, "Effect": "Deny"}
    assert decide(deny, "bob/k", tags={"user": "*"}, reading=Reading.BRACKET) is Outcome.IMPLICIT_DENY


def test_a_condition_takes_a_value_with_a_wildcard_as_literal_text_and_the_bracket_takes_both() -> None:
    like = {"Resource": "*", "Condition": {"StringLike": {"s3:prefix": "${aws:PrincipalTag/user}/"}}}
    context = {"s3:prefix": "bob/"}
    assert decide(like, "k", tags={"user": "*"}, context=context) is Outcome.IMPLICIT_DENY
    assert decide(like, "k", tags={"user": "*"}, context=context, reading=Reading.BRACKET) is Outcome.ALLOWED
    equals = {"Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${aws:PrincipalTag/user}/"}}}
    assert decide(equals, "k", tags={"user": "*"}, context=context, reading=Reading.BRACKET) is Outcome.IMPLICIT_DENY


def test_a_key_with_several_values_has_no_value_and_the_bracket_takes_any() -> None:
    statement = {"Resource": BUCKET + "${aws:TagKeys}/*"}
    context = {"aws:TagKeys": ["a", "b"]}
    assert decide(statement, "a/k", context=context) is Outcome.IMPLICIT_DENY
    assert decide(statement, "a/k", context=context, reading=Reading.BRACKET) is Outcome.ALLOWED


def test_a_deny_with_a_variable_without_value_is_not_certain_under_the_bracket() -> None:
    deny = {"Effect": "Deny", "Resource": "*"}
    condition = {"StringNotEquals": {"s3:prefix": "${aws:PrincipalTag/user}"}}
    context = {"s3:prefix": "bob"}
    statement = {**deny, "Condition": condition}
    assert decide(statement, "k", context=context) is Outcome.EXPLICIT_DENY
    assert decide(statement, "k", context=context, reading=Reading.BRACKET) is Outcome.IMPLICIT_DENY
    tagged = decide(statement, "k", context=context, tags={"user": "alice"}, reading=Reading.BRACKET)
    assert tagged is Outcome.EXPLICIT_DENY


def test_a_quote_in_a_default_is_written_twice() -> None:
    assert allowed({"Resource": BUCKET + "${aws:PrincipalTag/team, 'it''s'}"}, "it's")


def test_a_value_is_inserted_into_an_arn_operator_component_by_component() -> None:
    like = {"ArnLike": {"aws:SourceArn": "arn:aws:sagemaker:*:111122223333:training-job/${aws:PrincipalTag/user}--*"}}
    statement = {"Resource": "*", "Condition": like}
    own = {"aws:SourceArn": "arn:aws:sagemaker:ap-northeast-1:111122223333:training-job/alice--1"}
    assert decide(statement, "k", tags={"user": "alice"}, context=own) is Outcome.ALLOWED
    assert decide(statement, "k", tags={"user": "bob"}, context=own) is Outcome.IMPLICIT_DENY


def test_ignoring_case_also_ignores_it_in_a_value() -> None:
    same = {"StringEqualsIgnoreCase": {"s3:prefix": "${aws:PrincipalTag/user}"}}
    statement = {"Resource": "*", "Condition": same}
    assert decide(statement, "k", tags={"user": "ALICE"}, context={"s3:prefix": "alice"}) is Outcome.ALLOWED
