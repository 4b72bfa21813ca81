"""What one question has worked out serves only those parts of it that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Environment, Equals, Policy, Principal, Query, Situation, parse_policy, prove

ACCOUNT = "111122223333"
ALICE = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice")
ROLE = f"arn:aws:iam::{ACCOUNT}:role/job"
VPCE, LEFT, RIGHT = "aws:SourceVpce", "aws:RequestTag/left", "aws:RequestTag/right"


def policy(*statements: dict[str, Any]) -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)})


def statement(effect: str, action: str, **conditions: dict[str, str]) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": "*", "Condition": conditions}


def situation(*statements: dict[str, Any], trust: Policy | None = None) -> Situation:
    kind: Any = "trust" if trust else "other"
    environment = Environment(
        identity=(policy(*statements),), resource=trust, resource_kind=kind, account=ACCOUNT, resource_account=ACCOUNT
    )
    return Situation(ALICE, environment)


def test_an_action_that_no_request_reaches_does_not_speak_for_one_that_others_allow() -> None:
    asked = situation(
        statement("Allow", "s3:PutObject", StringEquals={VPCE: "a"}),
        statement("Allow", "s3:GetObject", StringEquals={VPCE: "b"}),
    )
    found = prove(asked, Query(("s3:PutObject", "s3:GetObject"), context={VPCE: Equals("b")}))
    assert found.request is not None
    assert found.request.action == "s3:GetObject"


def test_an_action_without_a_key_does_not_speak_for_one_with_it() -> None:
    asked = situation(statement("Allow", "s3:*", StringEquals={"s3:x-amz-acl": "private"}))
    found = prove(asked, Query(("s3:GetObject", "s3:PutObject")))
    assert found.request is not None
    assert found.request.action == "s3:PutObject"


def test_one_value_of_a_variable_does_not_speak_for_another() -> None:
    asked = situation(
        statement("Allow", "example:Read", StringEquals={LEFT: "${" + RIGHT + "}"}),
        statement("Deny", "example:Read", StringEquals={LEFT: "p"}),
    )
    found = prove(asked, Query("example:Read"))
    assert found.request is not None
    assert found.request.values()[LEFT.lower()] == found.request.values()[RIGHT.lower()] != ("p",)


@pytest.mark.parametrize("covered", ["*", "sts:AssumeRole"])
def test_what_a_trust_policy_refuses_says_nothing_of_actions_that_do_not_ask_it(covered: str) -> None:
    other = f"arn:aws:iam::{ACCOUNT}:user/bob"
    trust = policy({"Effect": "Allow", "Principal": {"AWS": other}, "Action": covered})
    asked = situation({"Effect": "Allow", "Action": ["sts:*", "iam:*"], "Resource": "*"}, trust=trust)
    found = prove(asked, Query(("sts:AssumeRole", "iam:GetRole"), ROLE))
    assert found.request is not None
    assert found.request.action == "iam:GetRole"


def test_values_that_one_action_tells_apart_do_not_serve_for_another() -> None:
    asked = situation(
        statement("Allow", "s3:PutObject", StringLike={VPCE: "a*"}),
        statement("Deny", "s3:PutObject", StringLike={VPCE: "a*"}),
        statement("Allow", "s3:GetObject", StringEquals={VPCE: "b"}),
    )
    found = prove(asked, Query(("s3:PutObject", "s3:GetObject")))
    assert found.request is not None
    assert found.request.context == {VPCE: "b"}
