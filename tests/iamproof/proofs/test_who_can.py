"""What *who can* says of keys that stand for others: in other letters, under another name, put in for a variable."""

from __future__ import annotations

from typing import Any

from iamproof import Environment, Equals, Principal, Query, Situation, parse_policy, who_can

ACCOUNT = "111122223333"
ALICE = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice")
MODEL = f"arn:aws:sagemaker:ap-northeast-1:{ACCOUNT}:model/x"
THING = f"arn:aws:example:r:{ACCOUNT}:red"


def told(action: str, resource: str, *statements: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the conditions of each way in which somebody with these statements can."""
    policy = parse_policy({"Version": "2012-10-17", "Statement": list(statements)})
    environment = Environment(identity=(policy,), account=ACCOUNT, resource_account=ACCOUNT)
    found = who_can(Situation(ALICE, environment), Query(action, Equals(resource)))
    return [way.conditions for able in found.able for way in able.ways]


def allow(action: str, resource: str = "*", **conditions: dict[str, str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": conditions}


def test_a_text_that_stands_for_others_in_other_letters_is_not_said_to_be_the_only_one() -> None:
    ignoring = allow("sagemaker:*", StringEqualsIgnoreCase={"aws:UserAgent": "a"})
    assert told("sagemaker:DescribeModel", MODEL, ignoring) == [("aws:UserAgent is 'a' in any case of its letters",)]


def test_a_key_with_two_names_is_said_by_the_one_that_the_policy_uses() -> None:
    for key in ("sagemaker:ResourceTag/user", "aws:ResourceTag/user"):
        tagged = allow("sagemaker:*", StringEquals={key: "alice"})
        assert told("sagemaker:DescribeModel", MODEL, tagged) == [(f"{key} is 'alice'",)]


def test_what_is_put_in_for_a_variable_is_said() -> None:
    named = allow("example:Read", f"arn:aws:example:r:{ACCOUNT}:${{aws:RequestTag/Colour}}")
    assert told("example:Read", THING, named) == [("aws:RequestTag/Colour is such as 'red'",)]


def test_that_nothing_is_put_in_for_a_variable_is_said() -> None:
    everything = allow("example:Read")
    refused = {**allow("example:Read", f"arn:aws:example:r:{ACCOUNT}:${{aws:RequestTag/Colour}}"), "Effect": "Deny"}
    ways = told("example:Read", THING, everything, refused)
    assert ("without aws:RequestTag/Colour",) in ways
    assert () not in ways
