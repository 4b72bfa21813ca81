"""Principals of which some tags are known and others may be any."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    CaseError,
    Environment,
    Missing,
    OtherThan,
    Policy,
    Principal,
    Query,
    Situation,
    compare,
    parse_policy,
    prove,
    prove_every,
)

ACCOUNT, STRANGER = "111122223333", "999999999999"
ALICE = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice", {"User": "alice"})
READ = Query("s3:GetObject", "arn:aws:s3:::b/x")


def policy(*statements: dict[str, Any]) -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)})


def tagged(**tags: str) -> dict[str, Any]:
    equals = {f"aws:PrincipalTag/{tag}": value for tag, value in tags.items()}
    return {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "*",
        "Condition": {"StringEquals": equals},
    }


def situation(*statements: dict[str, Any], principal: Principal = ALICE, **environment: Any) -> Situation:
    return Situation(
        principal, Environment(identity=(policy(*statements),), account=ACCOUNT, **environment), open_tags=True
    )


def test_a_listed_tag_has_its_value() -> None:
    assert prove(situation(tagged(user="bob")), READ).proved
    assert prove_every(situation(tagged(user="alice")), READ).proved


def test_a_tag_that_is_not_listed_may_have_any_value() -> None:
    found = prove(situation(tagged(user="alice", team="red")), READ)
    assert found.request is not None
    assert found.request.context == {"aws:PrincipalTag/team": "red"}
    assert not prove_every(situation(tagged(team="red")), READ).proved


@pytest.mark.parametrize(
    ("tags", "proved"),
    [
        ({"team": "red"}, False),
        ({"team": "blue"}, True),
        ({"team": Missing}, True),
        ({"team": OtherThan("red")}, True),
        ({"user": "alice"}, False),
        ({"user": "bob"}, True),
        ({"user": "alice", "team": "red"}, False),
    ],
)
def test_a_query_about_a_tag_that_is_not_listed_is_asked(tags: dict[str, Any], proved: bool) -> None:  # noqa: FBT001  a row
    query = Query("s3:GetObject", "arn:aws:s3:::b/x", tags=tags)
    assert prove(situation(tagged(team="red")), query).proved is proved


def test_a_variable_that_stands_for_a_tag_takes_the_listed_value_and_else_any() -> None:
    own = {**tagged(), "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/user}/${aws:PrincipalTag/team}"}
    own.pop("Condition")
    assert prove(situation(own), Query("s3:GetObject", "arn:aws:s3:::b/bob/red")).proved
    found = prove(situation(own), Query("s3:GetObject", "arn:aws:s3:::b/alice/red"))
    assert found.request is not None
    assert found.request.context == {"aws:PrincipalTag/team": "red"}


def test_a_change_is_found_by_listed_tags_and_by_others() -> None:
    nothing, by_team, by_user = (
        situation(tagged(**tags)) for tags in ({"user": "bob"}, {"team": "red"}, {"user": "alice"})
    )
    assert compare(nothing, nothing, READ).same
    for now in (by_team, by_user):
        found = compare(nothing, now, READ)
        assert found.allowed is not None
        assert found.refused is None
    narrowed = compare(by_user, by_team, READ)
    assert narrowed.allowed is None
    assert narrowed.refused is not None


def test_situations_that_no_request_can_be_in_are_not_compared() -> None:
    before = situation(tagged(team="red"), resource_account=ACCOUNT)
    bob = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/bob")
    after = Situation(bob, Environment(account=ACCOUNT, resource_account=STRANGER))
    with pytest.raises(CaseError) as raised:
        compare(before, after)
    first, second, third = raised.value.problems
    assert first.startswith("compare takes two situations of one principal, given ")
    assert second.startswith("open_tags: ")
    assert third == f"resource_account: must be the same in both situations, given {ACCOUNT} and {STRANGER}"
