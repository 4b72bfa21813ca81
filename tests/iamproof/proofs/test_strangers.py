"""Nobody who is not listed is passed over, whatever a policy calls them by."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Account, Anybody, Equals, Guarded, Principal, Query, Verdict, parse_policy, prove

ACCOUNT, OTHER = "111122223333", "444455556666"
PUBLIC = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
GET = Query("s3:GetObject", "arn:aws:s3:::b/home/carol/x")


def account(statement: dict[str, Any], anybody: Anybody | None = None) -> Account:
    policy = parse_policy({"Version": "2012-10-17", "Statement": statement})
    guarded = Guarded(resources=("arn:aws:s3:::b", "arn:aws:s3:::b/*"), policy=policy, kind="bucket")
    return Account(id=ACCOUNT, guarded=(guarded,), anybody=(anybody or Anybody(),))


def of(arn: str) -> dict[str, Any]:
    return {**PUBLIC, "Principal": {"AWS": arn}}


def where(operator: str, key: str, value: str) -> dict[str, Any]:
    return {**PUBLIC, "Condition": {operator: {key: value}}}


@pytest.mark.parametrize(
    ("statement", "who"),
    [
        (of(OTHER), f"{OTHER}:"),
        (of(f"arn:aws:iam::{OTHER}:user/dan"), f"{OTHER}:user/dan"),
        (of(f"arn:aws:sts::{OTHER}:assumed-role/reader/session"), "/reader"),
        (of(f"arn:aws:sts::{OTHER}:federated-user/fred"), f"{OTHER}:federated-user/fred"),
        (where("ArnEquals", "aws:PrincipalArn", f"arn:aws:iam::{OTHER}:root"), f"{OTHER}:root"),
        (where("StringEquals", "aws:PrincipalArn", f"arn:aws:sts::{OTHER}:federated-user/f"), "federated-user/f"),
        (where("StringEquals", "aws:PrincipalType", "Account"), ":root"),
        (where("StringEquals", "aws:PrincipalType", "FederatedUser"), ":federated-user/"),
        (where("StringEquals", "aws:PrincipalAccount", OTHER), f"{OTHER}:"),
        (where("StringEquals", "aws:username", "dan"), "user/dan"),
    ],
    ids=str,
)
def test_a_stranger_is_found_by_whatever_a_policy_calls_it(statement: dict[str, Any], who: str) -> None:
    found = prove(account(statement), GET)
    assert found.request is not None
    assert who in found.request.principal.arn


def test_a_federated_user_of_an_account_is_one_of_its_principals() -> None:
    statement = {**of(OTHER), "Condition": {"StringEquals": {"aws:PrincipalType": "FederatedUser"}}}
    found = prove(account(statement), GET)
    assert found.request is not None
    assert found.request.principal.arn.startswith(f"arn:aws:sts::{OTHER}:")


@pytest.mark.parametrize("key", ["aws:username", "aws:PrincipalAccount", "aws:PrincipalArn"])
def test_what_hangs_on_a_name_that_a_variable_holds_is_never_proved(key: str) -> None:
    in_resource = {**PUBLIC, "Resource": f"arn:aws:s3:::b/home/${{{key}}}/*"}
    in_condition = where("StringEquals", "aws:UserAgent", f"${{{key}}}")
    asked = Query("s3:GetObject", "arn:aws:s3:::b/*", {"aws:UserAgent": "carol"})
    for statement, query in ((in_resource, GET), (in_condition, asked)):
        proof = prove(account(statement), query)
        assert proof.verdict is Verdict.UNDECIDED
        assert proof.reasons == (f"{key} stands for a variable, and somebody who is not listed has any name",)


def test_what_hangs_on_the_name_of_somebody_who_is_named_is_decided() -> None:
    statement = {**PUBLIC, "Resource": "arn:aws:s3:::b/home/${aws:username}/*"}
    for name, proved in (("carol", False), ("dan", True)):
        only = Equals(f"arn:aws:iam::{OTHER}:user/{name}")
        assert prove(account(statement, Anybody(arns=only)), GET).proved is proved
        asked = Query("s3:GetObject", "arn:aws:s3:::b/home/carol/x", principals=only)
        assert prove(account(statement), asked).proved is proved


def test_the_root_of_another_account_is_refused_where_nothing_names_it() -> None:
    assert prove(account(of(f"arn:aws:iam::{ACCOUNT}:role/own")), GET).proved
    assert Principal.from_arn(f"arn:aws:iam::{OTHER}:root").kind in Anybody().kinds
