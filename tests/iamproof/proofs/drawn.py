"""Random policies, queries and requests over a small alphabet, on which *prove* and single requests must agree."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from iamproof import (
    AnyString,
    Anything,
    Contains,
    Environment,
    Equals,
    Like,
    Missing,
    OtherThan,
    Policy,
    Principal,
    Query,
    Request,
    Values,
    parse_policy,
)

ACCOUNT, STRANGER = "111122223333", "999999999999"
# No facts are known of the service "example": its requests may carry every key and name every resource.
ACTIONS = ["example:Read", "example:Write", "example:List"]
ACTION_PATTERNS = ["*", "example:*", "example:R*", "EXAMPLE:write", "example:?i*", "s3:GetObject"]
PREFIX = f"arn:aws:example:r:{ACCOUNT}:"
RESOURCE_PATTERNS = [
    "*",
    f"{PREFIX}a/*",
    f"{PREFIX}a/*/b",
    f"{PREFIX}*b",
    f"{PREFIX}?/ab",
    f"{PREFIX}${{aws:PrincipalTag/user}}/*",
    f"{PREFIX}${{aws:RequestTag/user}}/*",
    f"{PREFIX}${{aws:PrincipalTag/user, 'b'}}/*",
    f"{PREFIX}${{aws:RequestTag/user, 'a'}}/?",
    f"{PREFIX}a/${{*}}",
    f"{PREFIX}a:b/*",
    "arn:aws:example:::a*",
    f"arn:aws:example:*:{STRANGER}:*",
]
RESOURCES = [PREFIX + rest for rest in ("a", "b/ab", "a/b", "a/a/b", "a:b/a", "ab/a", "b", "a/*", "*/b")]
RESOURCES += ["arn:aws:example:::a/b", f"arn:aws:example:r:{STRANGER}:a/b"]
DEFAULTS = ["${aws:RequestTag/user, 'b'}", "${aws:PrincipalTag/team, 'a'}", "${*}"]
STATED: dict[str, list[str]] = {
    "String": [
        "a",
        "b",
        "a*",
        "*b",
        "?",
        "${aws:PrincipalTag/user}",
        "${aws:RequestTag/user}",
        "${aws:TagKeys}",
        "A",
        *DEFAULTS,
    ],
    "Arn": ["arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/a", "arn:*:*:*:*:b*"],
    "Numeric": ["5", "7"],
    "Bool": ["true", "false"],
    "Date": ["2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"],
    "Binary": ["YQ==", "Yg=="],
    "Ip": ["10.0.0.0/8", "10.1.0.0/16"],
    "NotIp": ["10.0.0.0/8"],
}
VALUES: dict[str, list[str]] = {
    "aws:TagKeys": ["a", "b", "ab", "A", "", "c"],
    "aws:RequestTag/user": ["a", "b", "ab", "c", "", "a/a"],
    "example:Text": ["a", "b", "ba", "true", "arn:aws:iam::111122223333:role/a", "arn:aws:s3:::b", "", "A"],
    "example:Number": ["4", "5", "6", "7", "8", "x"],
    "aws:SourceIp": ["10.1.0.1", "10.2.0.1", "11.0.0.1", "::1"],
    "aws:SourceVpce": ["a", "b", "ab"],
    "aws:CurrentTime": ["2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z", "2027-01-01T00:00:00Z"],
    "aws:SecureTransport": ["true", "false"],
}
SEVERAL = {"aws:TagKeys", "example:Text", "example:Number"}
_ORDERS = (
    "Equals",
    "NotEquals",
    "LessThan",
    "LessThanEquals",
    "GreaterThan",
    "GreaterThanEquals",
)
OPERATORS: dict[str, list[str]] = {
    "example:Number": [f"Numeric{name}" for name in _ORDERS],
    "aws:CurrentTime": [f"Date{name}" for name in _ORDERS],
    "aws:SourceIp": ["IpAddress", "NotIpAddress"],
    "aws:SecureTransport": ["Bool", "StringEquals"],
}
TEXT_OPERATORS = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"]
TEXT_OPERATORS += ["StringNotEqualsIgnoreCase", "ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "Bool"]
TEXT_OPERATORS += ["BinaryEquals"]
KEYS = [*VALUES, "aws:PrincipalTag/user", "aws:PrincipalArn"]


NAMED = ["*", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:role/a", STRANGER, f"arn:aws:iam::{STRANGER}:user/s"]


def some(values: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(st.sampled_from(KEYS))
    if draw(st.integers(0, 4)) == 0:
        return {"Null": {key: draw(st.sampled_from(["true", "false"]))}}
    base = draw(st.sampled_from(OPERATORS.get(key, TEXT_OPERATORS)))
    stated = next(values for beginning, values in STATED.items() if base.startswith(beginning))
    prefix = draw(st.sampled_from(["", "", "ForAllValues:", "ForAnyValue:"]))
    return {prefix + base + draw(st.sampled_from(["", "IfExists"])): {key: draw(some(stated))}}


@st.composite
def statements(draw: st.DrawFn, *, named: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"]))}
    out[draw(st.sampled_from(["Action", "Action", "NotAction"]))] = draw(some(ACTION_PATTERNS))
    out[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(some(RESOURCE_PATTERNS))
    for condition in draw(st.lists(conditions(), max_size=2)):
        for operator, tests in condition.items():
            out.setdefault("Condition", {}).setdefault(operator, {}).update(tests)
    if named:
        out[draw(st.sampled_from(["Principal", "Principal", "NotPrincipal"]))] = {"AWS": draw(some(NAMED))}
        if "NotPrincipal" in out:
            out["NotPrincipal"] = {"AWS": [name for name in out["NotPrincipal"]["AWS"] if name != "*"] or [ACCOUNT]}
    return out


def policies(*, named: bool = False) -> st.SearchStrategy[Policy]:
    listed = st.lists(statements(named=named), min_size=1, max_size=4)
    return listed.map(lambda items: parse_policy({"Version": "2012-10-17", "Statement": items}))


ENVIRONMENTS = st.builds(
    Environment,
    identity=st.lists(policies(), min_size=1, max_size=2).map(tuple),
    boundary=st.none() | policies(),
    resource=st.none() | policies(named=True),
    resource_kind=st.sampled_from(["bucket", "key"]),
    endpoint=st.none() | policies(named=True),
    session=st.none() | st.none() | policies().map(lambda policy: (policy,)),
    service_controls=st.lists(policies().map(lambda policy: (policy,)), max_size=1).map(tuple),
    resource_controls=st.lists(policies(named=True).map(lambda policy: (policy,)), max_size=1).map(tuple),
    account=st.just(ACCOUNT),
    resource_account=st.sampled_from([None, None, ACCOUNT, STRANGER]),
)
PRINCIPALS = st.sampled_from(
    [
        Principal.role(f"arn:aws:iam::{ACCOUNT}:role/a", {"user": "a"}),
        Principal.role(f"arn:aws:iam::{ACCOUNT}:role/b"),
        Principal.user(f"arn:aws:iam::{ACCOUNT}:user/ab", {"user": "ab"}),
        Principal.user(f"arn:aws:iam::{STRANGER}:user/s"),
        Principal.service("example.amazonaws.com"),
        Principal.anonymous(),
    ]
)


@st.composite
def asked(draw: st.DrawFn, key: str) -> Values:
    texts = VALUES[key]
    made: Values = draw(
        st.sampled_from([Anything, AnyString, Missing])
        | some(texts).map(lambda some_: Equals(*some_))
        | some(texts).map(lambda some_: OtherThan(*some_))
        | st.just(Like("a*"))
        | st.sampled_from(texts).map(Contains)
    )
    return made.or_missing() if draw(st.booleans()) else made


@st.composite
def queries(draw: st.DrawFn) -> Query:
    context = {key: draw(asked(key)) for key in draw(st.lists(st.sampled_from(list(VALUES)), max_size=2, unique=True))}
    return Query(
        actions=tuple(draw(some(["example:Read", "example:Write"]))),
        resources=tuple(draw(some([*RESOURCES, f"{PREFIX}a/*", f"{PREFIX}*"]))),
        context=context,
        blank_lists=True,
    )


@st.composite
def contexts(draw: st.DrawFn) -> dict[str, Any]:
    """What one request carries: keys that hang together do so in every request."""
    always = ("aws:SecureTransport", "aws:CurrentTime")
    out: dict[str, Any] = {key: draw(st.sampled_from(VALUES[key])) for key in always}
    for key in draw(st.lists(st.sampled_from(list(VALUES)), max_size=5, unique=True)):
        many = key in SEVERAL and draw(st.booleans())
        out[key] = draw(some(VALUES[key], 3)) if many else draw(st.sampled_from(VALUES[key]))
    if "aws:SourceVpce" in out:
        out.pop("aws:SourceIp", None)
    if "aws:RequestTag/user" in out:
        named = out.get("aws:TagKeys", [])
        out["aws:TagKeys"] = [*([named] if isinstance(named, str) else named), "user"]
    return out


def request(action: str, resource: str, principal: Principal, context: dict[str, Any]) -> Request:
    return Request(action, resource, principal, context)


def meant(query: Query, request: Request) -> bool:
    """Whether a query that names its actions means a request."""
    values = request.values()
    if request.action not in query.patterns or request.resource not in query.asked:
        return False
    return all(said.admits(values.get(key) or ()) for key, said in query.keys.items())
