"""Each part of a question in JSON counts as it does in Python."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof.questions import answer

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ = {"Statement": {**ALL, "Action": "s3:GetObject"}}
NO_WRITES = {"Statement": [ALL, {**ALL, "Effect": "Deny", "Action": "s3:PutObject"}]}
EVERYTHING = {"Statement": ALL}
PUT = {"actions": "s3:PutObject", "resources": "arn:aws:s3:::b/x", "context": {"aws:ResourceAccount": ACCOUNT}}


def asked(query: dict[str, Any], *, kind: str = "never", actor: dict[str, Any] | None = None, **account: Any) -> str:
    actors = [{"principal": ROLE, "identity": [EVERYTHING], **(actor or {})}]
    whole = {"id": ACCOUNT, "actors": actors, **account}
    found = answer("prove", {"account": whole, "claims": [{"kind": kind, "query": query}]})
    assert found.problems == ()
    verdict: str = found.result[0]["verdict"]
    return verdict


@pytest.mark.parametrize(
    ("actor", "account"),
    [
        ({"boundary": READ}, {}),
        ({"session": [READ]}, {}),
        ({"session": []}, {}),
        ({}, {"scps": [[READ]]}),
        ({}, {"rcps": [[{"Statement": [{**ALL, "Principal": "*", "Effect": "Deny", "Action": "s3:PutObject"}]}]]}),
        ({"identity": [NO_WRITES]}, {}),
    ],
    ids=["boundary", "session", "session that allows nothing", "scps", "rcps", "identity"],
)
def test_what_limits_an_actor_is_read(actor: dict[str, Any], account: dict[str, Any]) -> None:
    assert asked(PUT) == "counterexample"
    assert asked(PUT, actor=actor, **account) == "proved"


def test_an_endpoint_and_anybody_are_read() -> None:
    narrow = {"Statement": {**ALL, "Principal": "*", "Action": "s3:GetObject"}}
    through = {**PUT, "context": {**PUT["context"], "aws:SourceVpce": "vpce-1"}}  # type: ignore[dict-item]  # an object
    assert asked(through, endpoints=[{"id": "vpce-1", "policy": narrow, "services": ["s3"]}]) == "proved"
    open_ = {"Statement": {**ALL, "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}}
    guarded = [{"resources": ["arn:aws:s3:::b/*"], "policy": open_, "resourceType": "bucket"}]
    assert asked(PUT, actor={"identity": []}, guarded=guarded, anybody=[]) == "counterexample", "the bucket's policy"
    strangers = {**PUT, "principals": {"otherThan": f"arn:aws:iam::{ACCOUNT}:*"}}
    assert asked(strangers, guarded=guarded) == "proved", "nobody else is asked about"
    assert asked(strangers, guarded=guarded, anybody=[{"whose": "others"}]) == "counterexample"


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        (None, "proved", "counterexample"),
        (True, "counterexample", "proved"),
        ("vpce-1", "counterexample", "proved"),
        ({"like": "vpce-*"}, "counterexample", "proved"),
        ({"otherThan": "vpce-2"}, "counterexample", "proved"),
        ({"otherThan": "vpce-2", "orMissing": True}, "counterexample", "counterexample"),
    ],
    ids=str,
)
def test_what_is_said_of_a_key_is_read(value: Any, inside: str, outside: str) -> None:
    """Inside, everything without the key is denied; outside, everything with it."""
    query = {**PUT, "context": {"aws:ResourceAccount": ACCOUNT, "aws:SourceVpce": value}}
    for missing, verdict in (("true", inside), ("false", outside)):
        fence = {**ALL, "Effect": "Deny", "Condition": {"Null": {"aws:SourceVpce": missing}}}
        assert asked(query, actor={"identity": [{"Statement": [ALL, fence]}]}) == verdict


def test_actions_that_are_left_out_are_not_asked_about() -> None:
    both = {
        "actions": "s3:*Object",
        "but": ["s3:Put*", "s3:Abort*", "s3:Delete*", "s3:Restore*", "s3:Replicate*", "s3:Update*"],
    }
    assert (
        asked(
            {**both, "context": PUT["context"]}, actor={"identity": [{"Statement": {**ALL, "Action": "s3:PutObject"}}]}
        )
        == "proved"
    )


def test_empty_text_in_a_list_is_asked_about_on_demand() -> None:
    strict = {
        **ALL,
        "Effect": "Deny",
        "Condition": {"ForAnyValue:StringNotEquals": {"sagemaker:VpcSubnets": ["subnet-1"]}},
    }
    query = {
        "actions": "sagemaker:CreateTrainingJob",
        "context": {"sagemaker:VpcSubnets": {"contains": {"otherThan": "subnet-1"}}},
    }
    actor = {"identity": [{"Statement": [ALL, strict]}]}
    assert asked(query, actor=actor) == "proved"
    assert asked({**query, "blankLists": True}, actor=actor) == "counterexample"


def test_a_claim_that_fails_is_worse_than_one_that_is_undecided() -> None:
    """Compared as text and as a number, a key of an unknown type leaves open whether every value was met."""
    ways = ({"StringLike": {"example:N": "4*"}}, {"NumericLessThan": {"example:N": "10"}})
    actor = {"principal": ROLE, "identity": [{"Statement": [{**ALL, "Condition": way} for way in ways]}]}
    undecided = {"query": {"actions": "example:Do", "context": {"example:N": {"like": "4*"}}}, "kind": "always"}
    failing = {"query": {"actions": "example:Do"}}
    codes = [
        answer("prove", {"account": {"id": ACCOUNT, "actors": [actor]}, "claims": claims}).code
        for claims in ([undecided], [failing], [undecided, failing], [])
    ]
    assert codes == [3, 1, 1, 0]
