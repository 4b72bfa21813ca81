"""On random accounts *who can* agrees with each single request: nobody is missing or extra, no condition wrong."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import (
    Account,
    Actor,
    Environment,
    Equals,
    Guarded,
    Policy,
    Principal,
    Query,
    Request,
    evaluate,
    parse_policy,
    who_can,
)
from tests.iamproof.proofs.sentences import holds

ACCOUNT = "111122223333"
ACTION, RESOURCE = "example:Read", f"arn:aws:example:r:{ACCOUNT}:thing/ab"
PRINCIPALS = (
    Principal.role(f"arn:aws:iam::{ACCOUNT}:role/a", {"user": "a"}),
    Principal.role(f"arn:aws:iam::{ACCOUNT}:role/b"),
    Principal.user(f"arn:aws:iam::{ACCOUNT}:user/ab", {"user": "ab"}),
)
AGENT, KEYS, SECURE = "aws:UserAgent", "aws:TagKeys", "aws:SecureTransport"
UNIVERSE: tuple[dict[str, tuple[str, ...]], ...] = tuple(
    {AGENT: agent, KEYS: keys, SECURE: secure}
    for agent, keys, secure in product(
        ((), ("a",), ("b",), ("ab",), ("A",), ("c",)),
        ((), ("a",), ("b",), ("a", "b"), ("A", "c"), ("c",), ("cc",), ("cb",)),
        (("true",), ("false",)),
    )
)
"""Every request that is tried: each value that policies tell apart, and one that none of them names."""
TEXTS = st.lists(
    st.sampled_from(["a", "b", "ab", "A", "${aws:PrincipalTag/user}"]), min_size=1, max_size=2, unique=True
)
OPERATORS = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"]


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    key = draw(st.sampled_from([AGENT, AGENT, KEYS, KEYS, SECURE]))
    if key == SECURE:
        return {"Bool": {key: draw(st.sampled_from(["true", "false"]))}}
    if draw(st.integers(0, 5)) == 0:
        return {"Null": {key: draw(st.sampled_from(["true", "false"]))}}
    set_operator = draw(st.sampled_from(["ForAllValues:", "ForAnyValue:"])) if key == KEYS else ""
    if draw(st.booleans()):
        like = draw(st.sampled_from(["StringLike", "StringNotLike"]))
        return {set_operator + like: {key: draw(st.sampled_from(["a*", "*b", "?", ["a", "*B"], "?b"]))}}
    if_exists = draw(st.sampled_from(["", "IfExists"])) if not set_operator else ""
    return {set_operator + draw(st.sampled_from(OPERATORS)) + if_exists: {key: draw(TEXTS)}}


@st.composite
def policies(draw: st.DrawFn, *, named: bool = False) -> Policy:
    items = []
    for _ in range(draw(st.integers(1, 3))):
        item: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])), "Condition": {}}
        item[draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))] = draw(
            st.sampled_from(["example:*", "example:R*", "example:Write", "*"])
        )
        item["Resource"] = draw(
            st.sampled_from(["*", RESOURCE, f"arn:aws:example:r:{ACCOUNT}:thing/${{aws:PrincipalTag/user}}"])
        )
        for condition in draw(st.lists(conditions(), max_size=2)):
            for operator, tests in condition.items():
                item["Condition"].setdefault(operator, {}).update(tests)
        if named:
            arns = st.sampled_from(["*", ACCOUNT, *(principal.arn for principal in PRINCIPALS)])
            item["Principal"] = {"AWS": draw(st.lists(arns, min_size=1, max_size=2))}
        items.append(item if item["Condition"] else {key: value for key, value in item.items() if key != "Condition"})
    return parse_policy({"Version": "2012-10-17", "Statement": items})


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    actors = tuple(
        Actor(
            principal=principal,
            identity=tuple(draw(st.lists(policies(), max_size=2))),
            boundary=draw(st.none() | policies()),
        )
        for principal in PRINCIPALS
    )
    guarded = draw(st.none() | policies(named=True))
    kind: Any = draw(st.sampled_from(["other", "key"]))
    return Account(
        id=ACCOUNT,
        actors=actors,
        guarded=(Guarded(resources=(RESOURCE,), policy=guarded, kind=kind),) if guarded else (),
    )


def may(account: Account, actor: Actor, carried: dict[str, tuple[str, ...]]) -> bool:
    """Whether one request is allowed, decided by *evaluate* alone."""
    guarded = account.guarded[0] if account.guarded else None
    environment = Environment(
        identity=actor.identity,
        boundary=actor.boundary,
        resource=guarded.policy if guarded else None,
        resource_kind=guarded.kind if guarded else "other",
        resource_account=ACCOUNT,
    )
    context: dict[str, Any] = {key: list(values) for key, values in carried.items() if values}
    return evaluate(Request(ACTION, RESOURCE, actor.principal, context), environment).allowed


def assert_agrees(account: Account) -> None:
    found = who_can(account, Query(ACTION, Equals(RESOURCE)))
    assert found.reasons == ()
    able = {each.principal.arn: each for each in found.able}
    for actor in account.actors:
        allowed = [carried for carried in UNIVERSE if may(account, actor, carried)]
        named = able.get(actor.principal.arn)
        if named is None:
            assert not allowed, actor.principal.arn
            continue
        # A way may ask for values that none of these requests has: then its own example shows that there is one.
        assert not named.more
        for way in named.ways:
            assert evaluate(way.request, way.environment).allowed
        for carried in UNIVERSE:
            told = any(all(holds(said, carried) for said in way.conditions) for way in named.ways)
            assert told is (carried in allowed), (carried, named.ways)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(accounts())
def test_who_can_and_every_single_request_agree(account: Account) -> None:
    assert_agrees(account)


@pytest.mark.verify
@settings(max_examples=1500, deadline=None)
@given(accounts())
def test_who_can_and_every_single_request_agree_at_length(account: Account) -> None:
    assert_agrees(account)
