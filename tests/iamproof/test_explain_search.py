"""The search passes over no change of one or two parts that brute force finds."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import CaseError, Environment, Policy, Principal, Reading, Request, evaluate, parse_policy
from iamproof.context import context_of
from iamproof.explain import explain
from iamproof.explain_changes import ACTION, Change, changes
from iamproof.explain_search import policies_of

ALICE = Principal.role("arn:aws:iam::111122223333:role/alice", {"user": "alice"})
BUCKET = "arn:aws:s3:::b/"
TESTS: list[dict[str, Any]] = [
    {"StringNotEqualsIfExists": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}},
    {"StringEquals": {"aws:SourceVpce": "vpce-2"}},
    {"Null": {"aws:RequestTag/user": "true"}},
    {"StringNotEquals": {"aws:RequestTag/user": "${aws:PrincipalTag/user}"}},
    {"StringEquals": {"aws:RequestTag/user": "bob"}},
    {"ForAnyValue:StringLike": {"aws:TagKeys": ["b*"]}},
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "user"]}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"NumericGreaterThan": {"s3:max-keys": "10"}},
    {"StringNotEquals": {"aws:ResourceAccount": "111122223333"}},
]
ELEMENTS = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": st.sampled_from(["*", "s3:GetObject", "s3:PutObject", ["s3:ListBucket", "s3:GetObject"]]),
        "Resource": st.sampled_from(["*", BUCKET + "${aws:PrincipalTag/user}/*", BUCKET + "bob/*", "arn:aws:s3:::b"]),
        "Condition": st.sampled_from([{}, *TESTS]),
    }
)


def policies(*, named: bool = False) -> st.SearchStrategy[Policy]:
    principal = {"Principal": {"AWS": ALICE.arn}} if named else {}
    listed = st.lists(ELEMENTS.map(lambda statement: {**statement, **principal}), min_size=1, max_size=4)
    return listed.map(lambda items: parse_policy({"Version": "2012-10-17", "Statement": items}))


REQUESTS = st.builds(
    Request,
    st.sampled_from(["s3:GetObject", "s3:PutObject"]),
    st.sampled_from([BUCKET + "alice/x", BUCKET + "bob/x", "arn:aws:s3:::b"]),
    st.just(ALICE),
    st.sampled_from([{}, {"aws:TagKeys": ["b", "user"]}, {"aws:SourceVpce": "vpce-9", "s3:max-keys": 20}]),
)
ENVIRONMENTS = st.builds(
    Environment,
    identity=policies().map(lambda policy: (policy,)),
    boundary=st.none() | policies(),
    resource=st.none() | policies(named=True),
    endpoint=st.none() | policies(named=True),
    resource_account=st.sampled_from(["111122223333", "999999999999", None]),
)


def fewest_parts(request: Request, environment: Environment, reading: Reading, *, with_action: bool) -> int | None:
    """Return how many changed parts brute force needs, of those that keep the action or of all."""
    known = [policy for each in policies_of(environment).values() for policy in each]
    found = changes(known, request, context_of(request, environment))
    listed = [change for part, each in found.items() if with_action or part != ACTION for change in each]
    for size in (1, 2):
        for together in combinations(listed, size):
            if len({change.part for change in together}) == size and is_allowed(
                request, environment, reading, together
            ):
                return size
    return None


def is_allowed(request: Request, environment: Environment, reading: Reading, together: tuple[Change, ...]) -> bool:
    try:
        for change in together:
            request = change.apply(request)
    except CaseError:
        return False
    return evaluate(request, environment, reading=reading).allowed


@settings(max_examples=60, deadline=None)
@given(REQUESTS, ENVIRONMENTS, st.sampled_from(Reading))
def test_what_is_suggested_is_as_small_as_brute_force_finds(
    request: Request, environment: Environment, reading: Reading
) -> None:
    found = explain(request, environment, reading=reading, budget=1_000_000)
    if found.decision.allowed:
        assert found.suggestions == ()
        return
    for suggestion in found.suggestions:
        assert evaluate(suggestion.request, environment, reading=reading).allowed
    sizes = {len(suggestion.changes) for suggestion in found.suggestions}
    changed = {change.part for suggestion in found.suggestions for change in suggestion.changes}
    if ACTION not in changed:
        fewest = fewest_parts(request, environment, reading, with_action=False)
        assert sizes == (set() if fewest is None else {fewest})
    if ACTION in changed or not sizes:
        assert fewest_parts(request, environment, reading, with_action=False) is None
        fewest = fewest_parts(request, environment, reading, with_action=True)
        assert sizes == (set() if fewest is None else {fewest})
