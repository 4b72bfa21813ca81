"""Which actions a query asks about, and that none is passed over because another is settled."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    CaseError,
    Endpoint,
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


def test_an_action_without_facts_is_covered_by_every_pattern_that_matches_its_name() -> None:
    for pattern in ("*", "novel:*", "NOVEL:Do*", "novel:DoThis"):
        assert not prove(allowing(pattern), Query("novel:DoThis")).proved, pattern
        assert not prove(allowing(pattern), Query("Novel:doTHIS")).proved, pattern
    assert prove(allowing("novel:DoThat"), Query("novel:DoThis")).proved


def test_a_pattern_that_was_read_before_an_action_was_met_covers_it_nevertheless() -> None:
    situation = allowing("later:*")
    assert prove(situation, Query("s3:GetObject")).proved
    assert not prove(situation, Query("later:Thing")).proved


def test_what_is_not_among_the_exceptions_of_a_statement_is_covered() -> None:
    grant = {"Effect": "Allow", "NotAction": ["s3:*", "novel:Do*"], "Resource": "*"}
    situation = Situation(ALICE, Environment(identity=(policy(grant),), account=ACCOUNT))
    assert prove(situation, Query(("s3:GetObject", "novel:DoThis"))).proved
    for action in ("sagemaker:CreateModel", "novel:Other"):
        assert not prove(situation, Query(action)).proved, action


def test_actions_that_the_same_statements_cover_are_told_apart_by_keys_and_resources() -> None:
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Null": {"sagemaker:VpcSubnets": "true"}}}
    asked = Query(("sagemaker:CreateTransformJob", "sagemaker:CreateTrainingJob"))
    situation = Situation(ALICE, Environment(identity=(policy(allow("*"), deny),), account=ACCOUNT))
    found = prove(situation, asked)
    assert found.request is not None
    assert found.request.action == "sagemaker:CreateTrainingJob"
    where = Query(asked.actions, "arn:aws:sagemaker:*:*:training-job/*")
    assert not prove(allowing("*"), where).proved


@pytest.mark.parametrize("actions", [("s3:ListAllMyBuckets", "logs:DescribeQueries"), ("logs:*",), ("*",)])
def test_an_endpoint_carries_its_own_services_actions_whatever_else_is_asked(actions: tuple[str, ...]) -> None:
    way = Endpoint(id="vpce-1", policy=policy({**allow("*"), "Principal": "*"}), services=("logs",))
    actor = Actor(principal=ALICE, identity=(policy(allow("*")),))
    account = Account(id=ACCOUNT, actors=(actor,), endpoints=(way,))
    found = prove(account, Query(actions, context={"aws:SourceVpce": "vpce-1"}))
    assert found.request is not None
    assert found.request.action.startswith("logs:")
    assert prove(account, Query("s3:*", context={"aws:SourceVpce": "vpce-1"})).proved


def test_a_key_without_facts_may_be_carried_by_every_action() -> None:
    grant = allow("s3:GetObject", Condition={"StringEquals": {"novel:Key": "x"}})
    situation = Situation(ALICE, Environment(identity=(policy(grant),), account=ACCOUNT))
    found = prove(situation, Query("s3:GetObject"))
    assert found.request is not None
    assert found.request.context == {"novel:Key": "x"}
