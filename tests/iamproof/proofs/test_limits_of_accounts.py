"""Each part of an account and of a query counts: what would be proved, or passed over, if it were left out."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    Anybody,
    Contains,
    Endpoint,
    Environment,
    Equals,
    Guarded,
    Like,
    Missing,
    OtherThan,
    Policy,
    Principal,
    PrincipalKind,
    Query,
    Reading,
    Request,
    Situation,
    Verdict,
    compare,
    parse_policy,
    partition,
    possible,
    prove,
    prove_every,
    who_can,
)
from iamproof.goals import ALWAYS
from iamproof.opening import Notes
from iamproof.openings import Openings
from iamproof.questions import answer

ACCOUNT, STRANGER = "111122223333", "999999999999"
ROLE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/r", {"User": "alice"})
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
OWN = {"aws:ResourceAccount": ACCOUNT}
PUT = Query("s3:PutObject", "arn:aws:s3:::b/x", OWN)


def policy(*statements: dict[str, Any]) -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)})


def having(*statements: dict[str, Any], principal: Principal = ROLE) -> Situation:
    environment = Environment(identity=(policy(*statements),), account=ACCOUNT, resource_account=ACCOUNT)
    return Situation(principal, environment)


def test_patterns_that_need_too_many_classes_leave_everything_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition, "MOST_STATES", 60)
    patterns = [f"*{word}*{number}*" for number, word in enumerate(("kilo", "lima", "mike", "oscar", "papa"))]
    where = having(ALL, {**ALL, "Effect": "Deny", "Condition": {"StringLike": {"s3:prefix": patterns}}})
    asked = Query("s3:ListBucket", "arn:aws:s3:::b")
    for decide in (prove, possible, prove_every):
        proof = decide(where, asked)
        assert proof.verdict is Verdict.UNDECIDED
        assert "too many classes" in proof.reasons[0]
    assert "too many classes" in compare(where, having(ALL), asked).reasons[0]
    assert not compare(where, having(ALL), asked).same
    assert "too many classes" in who_can(where, asked).reasons[0]


NO_WRITES = policy({**ALL, "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject"})


@pytest.mark.parametrize(
    ("limits", "of_account"),
    [
        ({"boundary": policy(READ)}, {}),
        ({"session": (policy(READ),)}, {}),
        ({}, {"service_controls": ((policy(READ),),)}),
        ({}, {"resource_controls": ((NO_WRITES,),)}),
    ],
    ids=["boundary", "session", "service control policy", "resource control policy"],
)
def test_what_limits_a_principal_counts(limits: dict[str, Any], of_account: dict[str, Any]) -> None:
    wide = Actor(principal=ROLE, identity=(policy(ALL),))
    assert not prove(Account(id=ACCOUNT, actors=(wide,)), PUT).proved
    bound = Actor(principal=ROLE, identity=(policy(ALL),), **limits)
    limited = Account(id=ACCOUNT, actors=(bound,), **of_account)
    assert prove(limited, PUT).proved
    assert possible(limited, Query("s3:GetObject", "arn:aws:s3:::b/x", OWN)).proved


def public(statement: dict[str, Any], anybody: Anybody) -> Account:
    bucket = Guarded(resources=("arn:aws:s3:::b", "arn:aws:s3:::b/*"), policy=policy(statement), kind="bucket")
    return Account(id=ACCOUNT, guarded=(bucket,), anybody=(anybody,))


GET = Query("s3:GetObject", "arn:aws:s3:::b/*")


@pytest.mark.parametrize(
    ("kind", "principal", "condition", "shown"),
    [
        (PrincipalKind.ANONYMOUS, "*", {}, "anonymous"),
        (PrincipalKind.SERVICE, "*", {}, "any-other.amazonaws.com"),
        (PrincipalKind.ROLE, "*", {"StringEquals": {"aws:PrincipalAccount": "222233334444"}}, "::222233334444:role/"),
        (PrincipalKind.USER, "*", {"StringEquals": {"aws:username": "carol"}}, "/carol"),
        (PrincipalKind.ROLE, {"AWS": f"arn:aws:iam::{STRANGER}:role/partner"}, {}, f"{STRANGER}:role/partner"),
        (PrincipalKind.ROLE, "*", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a*z"}}, "role/az"),
    ],
)
def test_each_kind_of_stranger_is_found(kind: PrincipalKind, principal: Any, condition: Any, shown: str) -> None:
    grant = {**READ, "Principal": principal, "Resource": "arn:aws:s3:::b/*", "Condition": condition}
    found = prove(public(grant, Anybody(kinds=frozenset({kind}))), GET)
    assert found.request is not None
    who = found.request.principal
    assert shown in ("anonymous" if who.kind is PrincipalKind.ANONYMOUS else who.arn)


def test_what_is_guarded_is_asked_about_by_what_it_is_not() -> None:
    bucket = policy({**READ, "Principal": {"AWS": ROLE.arn}, "Resource": "arn:aws:s3:::b/*"})
    guarded = Guarded(resources=("arn:aws:s3:::b/*",), policy=bucket, kind="bucket")
    account = Account(id=ACCOUNT, actors=(Actor(principal=ROLE),), guarded=(guarded,))
    found = prove(account, Query("s3:GetObject", OtherThan("arn:aws:s3:::c*")))
    assert found.request is not None
    assert found.request.resource == "arn:aws:s3:::b/x"


def test_a_stranger_that_only_the_query_names_is_asked_about() -> None:
    special = f"arn:aws:iam::{STRANGER}:role/special"
    grant = {**READ, "Principal": "*", "Resource": "arn:aws:s3:::b/*"}
    found = prove(public(grant, Anybody()), Query("s3:GetObject", "arn:aws:s3:::b/*", principals=special))
    assert found.request is not None
    assert found.request.principal.arn == special


def test_a_policy_of_the_account_guards_no_resource_of_a_stranger() -> None:
    grant = {**READ, "Principal": "*", "Resource": "arn:aws:s3:::b/*"}
    theirs = Query("s3:GetObject", "arn:aws:s3:::b/*", {"aws:ResourceAccount": STRANGER})
    assert prove(public(grant, Anybody()), theirs).proved, "a bucket's name has one owner"


def test_a_resource_of_a_stranger_has_no_arn_of_the_account() -> None:
    queues = policy({**ALL, "Action": "sqs:*", "Resource": f"arn:aws:sqs:r:{ACCOUNT}:*"})
    account = Account(id=ACCOUNT, actors=(Actor(principal=ROLE, identity=(queues,)),))
    theirs = Query("sqs:*", context={"aws:ResourceAccount": OtherThan(ACCOUNT)})
    assert prove(account, theirs).proved
    assert not prove(account, Query("sqs:SendMessage", context={"aws:ResourceAccount": ACCOUNT})).proved


def test_an_endpoints_policy_also_lets_through() -> None:
    narrow = policy({**READ, "Principal": "*", "Resource": "arn:aws:s3:::b/*"})
    actors = (Actor(principal=ROLE, identity=(policy(ALL),)),)
    account = Account(id=ACCOUNT, actors=actors, endpoints=(Endpoint(id="vpce-1", policy=narrow, services=("s3",)),))
    through = Query("s3:GetObject", "arn:aws:s3:::b/x", {"aws:SourceVpce": "vpce-1"})
    assert possible(account, through).proved


def test_a_users_name_is_no_choice_of_the_request() -> None:
    alice = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice")
    of_bob = {**ALL, "Condition": {"StringEquals": {"aws:username": "bob"}}}
    assert prove(having(of_bob, principal=alice), Query("s3:*")).proved


def test_two_tests_of_a_deny_fail_together_only() -> None:
    both = {"sagemaker:VpcSubnets": "subnet-1", "sagemaker:VpcSecurityGroupIds": "sg-1"}
    where = having(ALL, {**ALL, "Effect": "Deny", "Condition": {"ForAnyValue:StringEquals": both}})
    train = "sagemaker:CreateTrainingJob"
    assert prove(where, Query(train, context=both)).proved
    assert not prove(where, Query(train, context={"sagemaker:VpcSubnets": "subnet-1"})).proved


def test_a_way_is_certain_only_when_all_of_it_is() -> None:
    """A grant that always holds, under a boundary that asks for a key, beside the bucket's own grant."""
    user = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/u")
    boundary = [{**ALL, "Condition": {"StringEquals": {key: "1"}}} for key in ("aws:referer", "aws:SourceVpce")]
    always = {**ALL, "Condition": {"StringLikeIfExists": {"aws:UserAgent": "*"}}}
    bucket = {**READ, "Principal": {"AWS": user.arn}, "Condition": {"StringEquals": {"s3:prefix": "a"}}}
    environment = Environment(
        identity=(policy(always),),
        boundary=policy(*boundary),
        resource=policy({**bucket, "Action": "*"}),
        account=ACCOUNT,
    )
    found = prove(Situation(user, environment), Query("s3:ListBucket", "arn:aws:s3:::b"))
    assert found.request is not None
    assert len(found.request.context) == 1


def test_a_value_of_the_wrong_type_may_pass_in_some_reading() -> None:
    small = having({**ALL, "Condition": {"NumericLessThan": {"example:N": "5"}}})
    asked = Query("example:Do", context={"example:N": "x"})
    assert prove(small, asked, reading=Reading.EXACT).proved
    assert not prove(small, asked).proved


def test_a_list_is_meant_only_with_the_value_that_it_must_contain() -> None:
    assert Contains("a").admits(("a", "b"))
    assert not Contains("a").admits(("b",))


def test_a_request_is_meant_only_on_a_resource_that_is_asked_about() -> None:
    asked = Query("s3:GetObject", "arn:aws:s3:::b/*")
    openings = Openings((having(ALL),), asked, lambda _: ALWAYS, Notes(), allowed_in=0)
    assert openings.means(Request("s3:GetObject", "arn:aws:s3:::b/x", ROLE))
    assert not openings.means(Request("s3:GetObject", "arn:aws:s3:::c/x", ROLE))


def test_tags_are_compared_without_case() -> None:
    account = Account(id=ACCOUNT, actors=(Actor(principal=ROLE, identity=(policy(ALL),)),))
    assert not prove(account, Query("s3:GetObject", tags={"USER": "alice"})).proved
    assert prove(account, Query("s3:GetObject", tags={"user": "bob"})).proved


def test_resources_that_a_grant_leaves_out_may_be_of_any_service() -> None:
    assert possible(
        having({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::b"}), Query("sqs:SendMessage")
    ).proved
    assert possible(having({**ALL, "Resource": "arn:aws:s*:*:*:*"}), Query("s3:GetObject")).proved
    assert possible(having({**ALL, "Resource": "arn:a*:s3:::*"}), Query("s3:GetObject")).proved
    assert prove(having({**ALL, "Resource": "arn:aws:s3:::b/*"}), Query("sqs:*")).proved


def test_nobody_reaches_into_another_partition() -> None:
    there = Principal.role(f"arn:aws-cn:iam::{ACCOUNT}:role/r")
    found = prove(having(ALL, principal=there), Query("s3:GetObject"))
    assert found.request is not None
    assert found.request.resource.startswith("arn:aws-cn:s3:::")
    assert prove(having({**ALL, "Resource": "arn:aws:*"}, principal=there), Query("s3:GetObject", "arn:*")).proved


def test_an_action_without_facts_may_name_no_resource() -> None:
    assert possible(having(ALL), Query("madeup:Do", Equals("*"))).proved


TEAM, OTHER = "aws:RequestTag/team", "aws:RequestTag/other"


def test_a_variable_without_a_value_is_asked_about() -> None:
    same = {**ALL, "Condition": {"StringNotEquals": {"aws:ResourceTag/team": f"${{{TEAM}}}"}}}
    asked = Query("sagemaker:AddTags", context={TEAM: Missing, "aws:ResourceTag/team": "red"})
    assert possible(having(same), asked).proved


def test_two_variables_may_have_one_value() -> None:
    """What the first one is chosen to be is a class of its own for the second."""
    tests = {
        "StringEquals": {"aws:ResourceTag/x": f"${{{TEAM}}}"},
        "StringLike": {"aws:ResourceTag/x": f"${{{OTHER}}}"},
    }
    asked = Query("sagemaker:AddTags", context={OTHER: Like("q*")})
    found = possible(having({**ALL, "Condition": tests}), asked)
    assert found.request is not None
    values = found.request.values()
    assert values[TEAM.lower()] == values[OTHER.lower()] == values["aws:resourcetag/x"] == ("q",)


def ways(*statements: dict[str, Any], query: Query) -> list[tuple[str, ...]]:
    (able,) = who_can(having(*statements), query).able
    return [way.conditions for way in able.ways]


def test_who_can_says_which_action_and_what_may_be_missing() -> None:
    agent = {**ALL, "Effect": "Deny", "Condition": {"StringNotEqualsIfExists": {"aws:UserAgent": "cli"}}}
    absent = {**agent, "Condition": {"StringLike": {"aws:UserAgent": "bad*"}}}
    asked = Query(("s3:GetObject", "s3:PutObject"), "arn:aws:s3:::b/x", OWN)
    assert ways(READ, query=asked) == [("action s3:GetObject",)]
    one = Query("s3:GetObject", "arn:aws:s3:::b/x", OWN)
    assert ways(READ, agent, query=one) == [("aws:UserAgent is 'cli'",)]
    assert ways(READ, absent, query=one) == [("aws:UserAgent is not like 'bad*', or aws:UserAgent is missing",)]
    spared = {**agent, "Condition": {"StringEquals": {"aws:UserAgent": "bad"}}}
    assert ways(READ, spared, query=one) == [("aws:UserAgent is not 'bad'",)]


def test_who_can_says_that_there_are_more_ways() -> None:
    keys = [f"aws:RequestTag/k{number}" for number in range(23)]
    many = [{**ALL, "Action": "sagemaker:AddTags", "Condition": {"StringEquals": {key: "1"}}} for key in keys]
    (able,) = who_can(having(*many), Query("sagemaker:AddTags", "arn:aws:sagemaker:r:111122223333:model/x", OWN)).able
    assert len(able.ways) == 20
    assert able.more


def test_who_can_is_not_certain_where_a_document_cannot_be_read() -> None:
    actor = {"principal": ROLE.arn, "identity": [{"Statement": []}]}
    found = answer("who-can", {"account": {"id": ACCOUNT, "actors": [actor]}, "query": {"actions": "s3:GetObject"}})
    assert found.code == 3
    assert "cannot be read" in found.text
