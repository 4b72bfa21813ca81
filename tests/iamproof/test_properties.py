"""What must hold for any policies and any request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import Environment, Outcome, Policy, Principal, Reading, Request, evaluate, parse_policy

ACCOUNT = "111122223333"
ACTIONS = ["*", "s3:*", "s3:Get*", "S3:getobject", "s3:PutObject", "sts:AssumeRole", "kms:Decrypt"]
RESOURCES = [
    "*",
    "arn:aws:s3:::bucket/*",
    "arn:aws:s3:::bucket/*/end",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/user}/*",
    "arn:aws:s3:::bucket/${aws:TagKeys}/end",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'red'}*",
]
TESTS = [
    *("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"),
    *("ArnLike", "ArnNotLike", "NumericLessThan", "NumericNotEquals", "Bool", "IpAddress", "NotIpAddress"),
]
VALUES: dict[str, list[str]] = {
    "String": ["alice", "a*", "${aws:PrincipalTag/user}", "${aws:TagKeys}", "${*}"],
    "Arn": ["arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/${aws:PrincipalTag/user}"],
    "Numeric": ["5"],
    "Bool": ["true", "false"],
    "Ip": ["10.0.0.0/8"],
    "NotIp": ["10.0.0.0/8"],
}
KEYS = ["aws:TagKeys", "aws:PrincipalArn", "aws:PrincipalTag/user", "example:Number", "aws:SourceIp"]
CONTEXT_VALUES = ["alice", "ALICE", "*", "", "4", "true", "10.1.2.3", f"arn:aws:iam::{ACCOUNT}:role/alice"]
ENTRIES = ["*", ACCOUNT, "999999999999", f"arn:aws:iam::{ACCOUNT}:role/alice", f"arn:aws:iam::{ACCOUNT}:user/alice"]
ENTRIES += [f"arn:aws:sts::{ACCOUNT}:assumed-role/alice/run", "AROAEXAMPLEEXAMPLE123"]


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    base = draw(st.sampled_from(TESTS))
    stated = next(values for prefix, values in VALUES.items() if base.startswith(prefix))
    operator = (
        draw(st.sampled_from(["", "ForAllValues:", "ForAnyValue:"])) + base + draw(st.sampled_from(["", "IfExists"]))
    )
    key = draw(st.sampled_from(KEYS))
    return draw(
        st.sampled_from(
            [{operator: {key: draw(some(stated))}}, {"Null": {key: draw(st.sampled_from(["true", "false"]))}}]
        )
    )


@st.composite
def statements(draw: st.DrawFn, *, named: bool, effect: str | None = None) -> dict[str, Any]:
    out: dict[str, Any] = {"Effect": effect or draw(st.sampled_from(["Allow", "Deny"]))}
    out[draw(st.sampled_from(["Action", "Action", "NotAction"]))] = draw(some(ACTIONS))
    out[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(some(RESOURCES))
    if draw(st.booleans()):
        out["Condition"] = draw(conditions())
    if named:
        element = draw(st.sampled_from(["Principal", "Principal", "NotPrincipal"]))
        out[element] = {"AWS": draw(some(ENTRIES))}
    return out


def policies(*, named: bool = False, effect: str | None = None) -> st.SearchStrategy[Policy]:
    listed = st.lists(statements(named=named, effect=effect), min_size=1, max_size=3)
    return listed.map(lambda items: parse_policy({"Version": "2012-10-17", "Statement": items}))


PRINCIPALS = st.one_of(
    st.builds(
        Principal.role,
        st.just(f"arn:aws:iam::{ACCOUNT}:role/alice"),
        st.sampled_from([{}, {"user": "alice"}, {"user": "*"}]),
        session=st.sampled_from([None, "run"]),
    ),
    st.just(Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice", {"user": "alice"})),
    st.just(Principal.role("arn:aws:iam::999999999999:role/partner")),
    st.just(Principal.anonymous()),
    st.just(Principal.from_arn(f"arn:aws:iam::{ACCOUNT}:root")),
)
REQUESTS = st.builds(
    Request,
    st.sampled_from(["s3:GetObject", "s3:PutObject", "kms:Decrypt", "sts:AssumeRole"]),
    st.sampled_from(["*", *(f"arn:aws:s3:::bucket/{key}" for key in ("alice/x", "a:b/end", "red", "*/x"))]),
    PRINCIPALS,
    st.dictionaries(
        st.sampled_from(["aws:TagKeys", "example:Number", "aws:SourceIp", "aws:SourceVpce"]),
        st.sampled_from(CONTEXT_VALUES) | st.lists(st.sampled_from(CONTEXT_VALUES), max_size=3),
        max_size=3,
    ),
)
OPTIONAL = st.none() | policies()
LEVELS = st.lists(st.lists(policies(), min_size=1, max_size=2).map(tuple), max_size=2).map(tuple)
ENVIRONMENTS = st.builds(
    Environment,
    identity=st.lists(policies(), max_size=2).map(tuple),
    boundary=OPTIONAL,
    session=OPTIONAL,
    resource=st.none() | policies(named=True),
    resource_kind=st.sampled_from(["bucket", "key", "trust", "other"]),
    endpoint=st.none() | policies(named=True),
    service_controls=LEVELS,
    resource_account=st.sampled_from([None, ACCOUNT, "999999999999"]),
    account=st.sampled_from([None, ACCOUNT]),
)


@settings(max_examples=100)
@given(REQUESTS, ENVIRONMENTS)
def test_the_bracket_contains_the_exact_reading(request: Request, environment: Environment) -> None:
    assert_bracket_contains_exact(request, environment)


@pytest.mark.verify
@settings(max_examples=1500, deadline=None)
@given(REQUESTS, ENVIRONMENTS)
def test_the_bracket_contains_the_exact_reading_at_length(request: Request, environment: Environment) -> None:
    assert_bracket_contains_exact(request, environment)


def assert_bracket_contains_exact(request: Request, environment: Environment) -> None:
    exact = evaluate(request, environment)
    bracket = evaluate(request, environment, reading=Reading.BRACKET)
    assert bracket.allowed or not exact.allowed
    assert exact.outcome is Outcome.EXPLICIT_DENY or bracket.outcome is not Outcome.EXPLICIT_DENY


@settings(max_examples=50)
@given(REQUESTS, ENVIRONMENTS, policies(effect="Deny"))
def test_adding_a_deny_never_allows(request: Request, environment: Environment, deny: Policy) -> None:
    more = replace(environment, identity=(*environment.identity, deny))
    assert evaluate(request, environment).allowed or not evaluate(request, more).allowed


@settings(max_examples=50)
@given(REQUESTS, ENVIRONMENTS, policies(effect="Allow"))
def test_adding_an_allow_never_refuses(request: Request, environment: Environment, allow: Policy) -> None:
    more = replace(environment, identity=(*environment.identity, allow))
    assert evaluate(request, more).allowed or not evaluate(request, environment).allowed


@settings(max_examples=50)
@given(REQUESTS, statements(named=False, effect="Deny"))
def test_a_statement_and_its_complement_in_actions_deny_every_request(
    request: Request, statement: dict[str, Any]
) -> None:
    swapped = {"Action": "NotAction", "NotAction": "Action"}
    bare = {key: value for key, value in statement.items() if key != "Condition"}
    bare = {key: "*" if "Resource" in key else value for key, value in bare.items()}
    bare = {key.replace("NotResource", "Resource"): value for key, value in bare.items()}
    pair = [bare, {swapped.get(key, key): value for key, value in bare.items()}]
    denies = [evaluate(request, Environment(identity=(parse_policy({"Statement": item}),))) for item in pair]
    hit = [decision.outcome is Outcome.EXPLICIT_DENY for decision in denies]
    assert hit.count(True) == (0 if request.principal == Principal.anonymous() else 1)


@settings(max_examples=50)
@given(REQUESTS, policies())
def test_the_case_of_actions_and_key_names_does_not_count(request: Request, policy: Policy) -> None:
    shouted = Request(
        request.action.upper(),
        request.resource,
        request.principal,
        {key.upper(): value for key, value in request.context.items()},
    )
    environment = Environment(identity=(policy,))
    assert evaluate(request, environment) == evaluate(shouted, environment)


@settings(max_examples=50)
@given(policies(named=True))
def test_a_rendered_policy_is_stable(policy: Policy) -> None:
    assert parse_policy(policy.to_dict()) == policy


@settings(max_examples=50)
@given(REQUESTS, ENVIRONMENTS)
def test_the_deciding_statements_fit_the_outcome(request: Request, environment: Environment) -> None:
    decision = evaluate(request, environment)
    effects = {ref.effect.value for ref in decision.statements}
    expected = {Outcome.EXPLICIT_DENY: {"Deny"}, Outcome.IMPLICIT_DENY: set()}.get(
        decision.outcome, effects & {"Allow"}
    )
    assert effects == expected
    assert bool(decision.missing) is (decision.outcome is Outcome.IMPLICIT_DENY)
