"""Which actions a query asks about, and that none is passed over because another is settled."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    CaseError,
    Environment,
    Guarded,
    Like,
    Policy,
    Principal,
    Query,
    Situation,
    parse_policy,
    prove,
)

ACCOUNT = "111122223333"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook", {"user": "alice"})
BUCKET = "arn:aws:s3:::b"


def policy(*statements: dict[str, Any]) -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)})


def allowing(*actions: str) -> Situation:
    return Situation(ALICE, Environment(identity=(policy(allow(*actions)),), account=ACCOUNT))


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}


def test_an_action_that_is_left_out_is_not_asked_about() -> None:
    passing = allowing("iam:PassRole")
    assert not prove(passing, Query("iam:*")).proved
    assert prove(passing, Query("iam:*", but=("iam:PassRole",))).proved
    assert prove(passing, Query("*", but=("iam:Pass*",))).proved


def test_what_is_left_out_hides_nothing_else() -> None:
    found = prove(allowing("iam:PassRole", "s3:GetObject"), Query("*", but=("iam:*",)))
    assert found.request is not None
    assert found.request.action == "s3:GetObject"


def test_an_action_that_is_none_cannot_be_left_out() -> None:
    with pytest.raises(CaseError, match="is no action"):
        Query("*", but=("PassRole",))


def test_one_allowed_action_is_found_among_many_that_nothing_allows() -> None:
    for action in ("s3:GetObject", "sagemaker:CreateModel", "ec2:DescribeVpcs", "sts:GetCallerIdentity"):
        found = prove(allowing(action), Query("*"))
        assert found.request is not None
        assert found.request.action == action


def guarded(*patterns: str, statement: dict[str, Any]) -> Account:
    stands = Guarded(resources=patterns, policy=policy({**statement, "Principal": "*"}), kind="bucket")
    return Account(id=ACCOUNT, actors=(Actor(principal=ALICE),), guarded=(stands,))


@pytest.mark.parametrize("patterns", [(BUCKET, f"{BUCKET}/*"), ("arn:aws:s3*",), ("arn:*:s3:::b/*",)])
def test_a_policy_on_a_resource_is_met_by_the_actions_of_its_service(patterns: tuple[str, ...]) -> None:
    found = prove(guarded(*patterns, statement=allow("s3:*")), Query("*"))
    assert found.request is not None
    assert found.request.action.startswith("s3:")
    assert prove(guarded(*patterns, statement=allow("s3:*")), Query("*", Like("arn:aws:iam::*"))).proved


def test_a_policy_on_everything_is_met_by_actions_without_a_resource() -> None:
    found = prove(guarded("*", statement=allow("sagemaker:ListModels")), Query("sagemaker:List*"))
    assert found.request is not None
    assert (found.request.action, found.request.resource) == ("sagemaker:ListModels", "*")


def test_a_pattern_that_ends_within_the_service_is_met_by_every_service_that_begins_so() -> None:
    found = prove(
        guarded("arn:aws:s3*", statement=allow("s3-object-lambda:*")), Query("s3-object-lambda:*", Like("arn:*"))
    )
    assert found.request is not None
    assert found.request.resource.startswith("arn:aws:s3-object-lambda:")
