"""Actions that a Deny refuses in every request of a query are passed over, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    AnyString,
    Contains,
    Environment,
    Equals,
    Like,
    Missing,
    OtherThan,
    Principal,
    Proof,
    Query,
    Reading,
    Situation,
    Values,
    parse_policy,
    prove,
    prove_every,
)

ACCOUNT = "111122223333"
ALICE = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice", {"user": "alice"})
MFA, VPCE = "aws:MultiFactorAuthPresent", "aws:SourceVpce"
WITHOUT_MFA = OtherThan("true").or_missing()
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
ASKED = ("s3:GetObject", "s3:PutObject", "sts:GetSessionToken", "sagemaker:CreateModel", "ec2:DescribeVpcs")


def asked(deny: dict[str, Any], context: dict[str, Values | str], **more: Any) -> Proof:
    """Ask what somebody gets through who may do everything but what the Deny says."""
    refusing = {"Effect": "Deny", "Action": "*", "Resource": "*", **deny}
    grants = parse_policy({"Version": "2012-10-17", "Statement": [EVERYTHING, refusing]})
    where = Environment(identity=(grants,), account=ACCOUNT, resource_account=ACCOUNT)
    return prove(Situation(ALICE, where, **more), Query(ASKED, context=context), reading=Reading.BRACKET)


def denying(operator: str, key: str, *values: str, **more: Any) -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}, **more}


SETTLED: list[tuple[dict[str, Any], dict[str, Values | str]]] = [
    (denying("BoolIfExists", MFA, "false"), {MFA: WITHOUT_MFA}),
    (denying("Bool", MFA, "false"), {MFA: "false"}),
    (denying("Null", MFA, "true"), {MFA: Missing}),
    (denying("StringNotEqualsIfExists", VPCE, "vpce-a", "vpce-b"), {VPCE: OtherThan("vpce-a", "vpce-b").or_missing()}),
    (denying("StringLike", VPCE, "vpce-*"), {VPCE: Like("vpce-a*")}),
    (denying("StringEquals", "aws:PrincipalTag/user", "alice"), {}),
    (denying("ArnLike", "aws:PrincipalArn", "arn:*:iam::*:user/*"), {}),
    (denying("StringEquals", "aws:ResourceAccount", ACCOUNT), {}),
]


@pytest.mark.parametrize(("deny", "context"), SETTLED)
def test_what_a_deny_refuses_in_every_request_is_proved_without_asking_any_action(
    deny: dict[str, Any], context: dict[str, Values | str]
) -> None:
    proof = asked(deny, context)
    assert (proof.proved, proof.questions) == (True, 1)


@pytest.mark.parametrize(("deny", "context"), SETTLED)
def test_what_the_deny_leaves_out_gets_through(deny: dict[str, Any], context: dict[str, Values | str]) -> None:
    left = {key: value for key, value in deny.items() if key != "Action"} | {"NotAction": "sts:*"}
    refusing = {"Effect": "Deny", "Resource": "*", **left}
    grants = parse_policy({"Version": "2012-10-17", "Statement": [EVERYTHING, refusing]})
    where = Environment(identity=(grants,), account=ACCOUNT, resource_account=ACCOUNT)
    proof = prove(Situation(ALICE, where), Query(ASKED, context=context))
    assert proof.request is not None
    assert proof.request.action == "sts:GetSessionToken"


TAG_KEYS, SET = "aws:TagKeys", "aws:RequestTag/user"
OPEN: list[tuple[dict[str, Any], dict[str, Values | str]]] = [
    # The key may be missing, and the operator is false then.
    (denying("Bool", MFA, "false"), {MFA: WITHOUT_MFA}),
    (denying("Bool", MFA, "false"), {MFA: Equals("false").or_missing()}),
    # Some of the values that are meant are not refused.
    (denying("StringEquals", VPCE, "vpce-a"), {VPCE: Equals("vpce-a", "vpce-b")}),
    (denying("StringLike", VPCE, "vpce-a*"), {VPCE: Like("vpce-*")}),
    (denying("StringNotEquals", VPCE, "vpce-a"), {VPCE: AnyString}),
    # The query does not speak of the key.
    (denying("BoolIfExists", MFA, "false"), {}),
    (denying("BoolIfExists", MFA, "false"), {VPCE: "vpce-a"}),
    # The principal is another one.
    (denying("StringEquals", "aws:PrincipalTag/user", "bob"), {}),
    (denying("StringEquals", "aws:PrincipalTag/team", "alice"), {}),
    # One condition of two holds.
    ({"Condition": {"Bool": {MFA: "false"}, "Null": {VPCE: "true"}}}, {MFA: "false"}),
    # Elsewhere nothing is refused.
    (denying("Bool", MFA, "false", Resource="arn:aws:s3:::b/*"), {MFA: "false"}),
    # Whether the condition holds on a missing key is undocumented.
    (denying("ForAnyValue:StringEqualsIfExists", VPCE, "vpce-a"), {VPCE: Missing}),
    # The stated text is another key's value, which the request chooses.
    (denying("StringEquals", SET, "${aws:SourceVpce}"), {SET: "a"}),
    (denying("StringNotEquals", SET, "${aws:SourceVpce}"), {SET: "a"}),
]


@pytest.mark.parametrize(("deny", "context"), OPEN)
def test_what_a_deny_refuses_only_in_some_requests_is_found(
    deny: dict[str, Any], context: dict[str, Values | str]
) -> None:
    assert asked(deny, context).request is not None


def test_a_list_that_holds_more_than_the_refused_value_gets_through() -> None:
    deny = denying("ForAllValues:StringEquals", TAG_KEYS, "a")
    assert asked({**deny, "Action": list(ASKED)}, {TAG_KEYS: Contains("a")}).request is not None


def test_a_tag_that_a_stranger_chooses_settles_nothing() -> None:
    deny = denying("StringNotEqualsIfExists", "aws:PrincipalTag/team", "x")
    assert asked(deny, {}).proved
    assert not asked(deny, {}, open_tags=True).proved


def test_where_any_account_may_own_the_resource_a_deny_on_its_owner_settles_nothing() -> None:
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", **denying("StringEquals", "aws:ResourceAccount", ACCOUNT)}
    grants = parse_policy({"Version": "2012-10-17", "Statement": [EVERYTHING, deny]})
    elsewhere = Query("sagemaker:DeleteModel", "arn:aws:sagemaker:*:999999999999:model/*")
    assert not prove(Situation(ALICE, Environment(identity=(grants,), account=ACCOUNT)), elsewhere).proved


def test_what_is_refused_in_every_request_is_what_a_claim_that_all_are_allowed_looks_for() -> None:
    refusing = {"Effect": "Deny", "Action": "sts:*", "Resource": "*"}
    grants = parse_policy({"Version": "2012-10-17", "Statement": [EVERYTHING, refusing]})
    where = Environment(identity=(grants,), account=ACCOUNT, resource_account=ACCOUNT)
    proof = prove_every(Situation(ALICE, where), Query(ASKED, kinds=frozenset({ALICE.kind})))
    assert proof.request is not None
    assert proof.request.action == "sts:GetSessionToken"
