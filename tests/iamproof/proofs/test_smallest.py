"""A counterexample is the smallest request: fewest keys, then plainest values, then the alphabet; always the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import (
    Account,
    Actor,
    Environment,
    Principal,
    Query,
    Reading,
    Request,
    Situation,
    compare,
    evaluate,
    parse_policy,
    prove,
    prove_every,
)
from iamproof.smallest import size_of

ACCOUNT = "111122223333"
ROLE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/r")
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
OBJECT = "arn:aws:s3:::b/x"


def allow(action: Any = "s3:*", resource: Any = "arn:aws:s3:::b/*", **tests: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": {"StringEquals": tests}}


def deny(**tests: Any) -> dict[str, Any]:
    return {**allow("*", "*", **tests), "Effect": "Deny"}


def having(*statements: dict[str, Any]) -> Situation:
    policy = parse_policy({"Version": "2012-10-17", "Statement": list(statements)})
    return Situation(ROLE, Environment(identity=(policy,), account=ACCOUNT, resource_account=ACCOUNT))


def found(*statements: dict[str, Any], query: Query | None = None) -> tuple[str, str, dict[str, Any]]:
    proof = prove(having(*statements), query or Query("s3:*Object"))
    assert proof.request is not None
    return proof.request.action, proof.request.resource, dict(proof.request.context)


VPCE, AGENT, REFERER = ({key: "1"} for key in ("aws:SourceVpce", "aws:UserAgent", "aws:referer"))


def test_fewest_keys_come_before_the_alphabet_of_actions() -> None:
    assert found(allow("s3:GetObject", **VPCE), allow("s3:PutObject"))[::2] == ("s3:PutObject", {})


def test_fewest_keys_are_found_among_the_ways_of_one_action() -> None:
    pair, single = allow("s3:GetObject", **AGENT, **REFERER), allow("s3:GetObject", **VPCE)
    for statements in ((pair, single), (single, pair)):
        assert found(*statements)[2] == VPCE


def test_a_deny_is_left_out_by_the_key_that_is_needed_anyway() -> None:
    """Denied without x and y, without x and z: x alone is enough, though y and z do as well."""
    x, y, z = ({key: {key: "true"}} for key in ("aws:SourceVpce", "aws:UserAgent", "aws:referer"))
    both = [
        {**deny(), "Condition": {"Null": {**one[key_of(one)], **other[key_of(other)]}}}
        for one, other in ((y, x), (z, x))
    ]
    assert list(found(ALL, *both)[2]) == ["aws:SourceVpce"]


def key_of(tests: dict[str, Any]) -> str:
    return next(iter(tests))


def test_a_key_with_several_values_counts_as_one_that_has_to_be_there() -> None:
    tags = {"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}, "StringEquals": AGENT}
    pair, single = {**allow("sagemaker:AddTags", "*"), "Condition": tags}, allow("sagemaker:AddTags", "*", **REFERER)
    for statements in ((pair, single), (single, pair)):
        assert found(*statements, query=Query("sagemaker:AddTags"))[2] == REFERER


def test_the_order_of_requests() -> None:
    """Fewest keys, own account, fewest values, fewest characters, alphabet: each before what follows it."""
    own, none, foreign = f"arn:aws:sqs:r:{ACCOUNT}:qqqq", "*", "arn:aws:sqs:r:999999999999:q"
    ordered: list[tuple[str, str, dict[str, Any]]] = [
        ("sqs:SendMessage", own, {}),
        ("sqs:SendMessage", none, {}),
        ("sqs:SendMessage", foreign, {}),
        ("sqs:A", own, {}),
        ("sqs:A", own, {"aws:k": "a"}),
        ("sqs:A", own, {"aws:k": "b"}),
        ("sqs:B", own, {"aws:k": "a"}),
        ("sqs:A", own, {"aws:k": "a-long-value"}),
        ("sqs:A", own, {"aws:k": ["a", "b"]}),
        ("sqs:A", none, {"aws:k": "a"}),
        ("sqs:A", own, {"aws:k": "a", "aws:l": "a"}),
    ]
    sizes = [size_of(Request(action, resource, ROLE, context)) for action, resource, context in ordered]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_plain_values_come_before_the_alphabet_of_actions() -> None:
    long, short = "arn:aws:s3:::a-long-name/*", "arn:aws:s3:::c/*"
    assert found(allow("s3:DeleteObject", long), allow("s3:GetObject", short))[:2] == (
        "s3:GetObject",
        "arn:aws:s3:::c/x",
    )


def test_the_own_account_comes_before_others() -> None:
    queues = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:*"}
    assert found(queues, query=Query("sqs:*"))[1] == f"arn:aws:sqs:x:{ACCOUNT}:x"


def test_what_is_alike_is_ordered_by_the_alphabet() -> None:
    actions = ["s3:PutObject", "s3:DeleteObject", "s3:GetObject"]
    for order in (actions, actions[::-1]):
        assert found(*(allow(action) for action in order))[0] == "s3:DeleteObject"


def test_the_first_principal_that_can_is_the_one_that_is_shown() -> None:
    narrow, wide = (parse_policy({"Statement": each}) for each in (allow(**VPCE), allow()))
    people = [Principal.role(f"arn:aws:iam::{ACCOUNT}:role/{name}") for name in ("a", "b")]
    actors = tuple(Actor(principal=who, identity=(each,)) for who, each in zip(people, (narrow, wide), strict=True))
    proof = prove(Account(id=ACCOUNT, actors=actors), Query("s3:*Object", context={"aws:ResourceAccount": ACCOUNT}))
    assert proof.request is not None
    assert proof.request.principal == people[0]


def test_a_service_that_no_policy_names_is_shown_only_where_no_other_is() -> None:
    fence = {**deny(), "Action": ["s3:*", "a4b:*"], "Condition": {}}
    named = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}
    assert found(ALL, fence, query=Query("*"))[0].startswith("a2c:")
    assert found(ALL, fence, named, query=Query("*"))[0].startswith("sqs:")


def test_what_is_refused_and_what_changed_is_the_smallest_as_well() -> None:
    closed = having(ALL, deny(**AGENT, **REFERER), deny(**VPCE))
    refused = prove_every(closed, Query("s3:GetObject")).request
    assert refused is not None
    assert dict(refused.context) == VPCE
    change = compare(closed, having(ALL), Query("s3:GetObject")).allowed
    assert change is not None
    assert dict(change.request.context) == VPCE


KEYS = ("aws:SourceVpce", "aws:UserAgent", "aws:referer")
TESTS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["1", "2"]), max_size=3)
OPERATORS = st.sampled_from(["StringEquals", "StringNotEquals", "StringNotEqualsIfExists", "StringEqualsIfExists"])
STATEMENTS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["s3:GetObject", "s3:PutObject"]), OPERATORS, TESTS),
    min_size=1,
    max_size=6,
)
CONTEXTS = [
    dict(zip(keys, values, strict=True))
    for count in range(4)
    for keys in combinations(KEYS, count)
    for values in product(("1", "2", "x"), repeat=count)
]


@settings(max_examples=40, deadline=None)
@given(STATEMENTS)
def test_no_request_has_fewer_keys_than_the_one_that_is_shown(
    drawn: list[tuple[bool, str, str, dict[str, str]]],
) -> None:
    statements = [
        {"Effect": "Allow" if allows else "Deny", "Action": action, "Resource": OBJECT, "Condition": {operator: tests}}
        for allows, action, operator, tests in drawn
    ]
    where = having(*statements)
    requests = [Request(a, OBJECT, ROLE, c) for a in ("s3:GetObject", "s3:PutObject") for c in CONTEXTS]
    allowed = [each for each in requests if evaluate(each, where.environment).allowed]
    proof = prove(where, Query(("s3:GetObject", "s3:PutObject"), OBJECT), reading=Reading.EXACT)
    assert proof.proved is not bool(allowed)
    if proof.request is not None:
        assert size_of(proof.request)[:5] == min(map(size_of, allowed))[:5]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_request_is_shown_in_every_run(seed: str) -> None:
    """Sets of text are ordered by a number that differs from run to run; nothing may rest on it."""
    document = {"Statement": [allow(["s3:GetObject", "s3:Put*"], ["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"], **VPCE)]}
    actor = {"principal": ROLE.arn, "identity": [document]}
    asked = {"account": {"id": ACCOUNT, "actors": [actor]}, "claims": [{"query": {"actions": "*"}}]}
    done = subprocess.run(
        [sys.executable, "-m", "iamproof", "prove", "-"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert json.loads(done.stdout)[0]["request"] == {
        "principal": ROLE.arn,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/x",
        "context": {"aws:SourceVpce": "1"},
    }
