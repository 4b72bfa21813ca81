"""On random changes of policies *compare* agrees with single requests, and with itself told nothing of what changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import Environment, Principal, Query, Reading, Request, Situation, compare, evaluate, parse_policy
from iamproof.arns import arn_account
from tests.iamproof.proofs.drawn import ACTIONS, ENVIRONMENTS, PRINCIPALS, RESOURCES, contexts, meant, policies, queries

if TYPE_CHECKING:
    from iamproof import Difference, Policy

CONTEXTS = st.lists(contexts(), min_size=30, max_size=30)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Environment, Environment]:
    """Two environments that differ in one policy: rewritten, or with a statement less."""
    before = draw(ENVIRONMENTS)
    places = [place for place in ("identity", "boundary", "resource", "endpoint") if getattr(before, place)]
    place = draw(st.sampled_from(places))
    held: Policy = before.identity[0] if place == "identity" else getattr(before, place)
    statements = held.to_dict()["Statement"]
    if len(statements) > 1 and draw(st.booleans()):
        gone = draw(st.integers(0, len(statements) - 1))
        kept = [each for index, each in enumerate(statements) if index != gone]
        after: Policy = parse_policy({"Version": held.version, "Statement": kept})
    else:
        after = draw(policies(named=place in {"resource", "endpoint"}))
    changed: Any = (after, *before.identity[1:]) if place == "identity" else after
    return before, replace(before, **{place: changed})


def assert_agrees(
    change: tuple[Environment, Environment],
    principal: Principal,
    query: Query,
    drawn: list[dict[str, Any]],
    reading: Reading,
) -> None:
    before, after = (Situation(principal, side) for side in change)
    found = compare(before, after, query, reading=reading)
    with patch("iamproof.compare.changed_statements", return_value=None):
        plain = compare(before, after, query, reading=reading)
    if not plain.reasons:
        assert found_what(found) == found_what(plain)
    for action, resource, context in product(ACTIONS, RESOURCES, drawn):
        request = Request(action, resource, principal, context)
        owner = arn_account(resource)
        if meant(query, request) and (owner is None or change[0].resource_account in {None, owner}):
            then, now = (evaluate(request, side, reading=reading).allowed for side in change)
            assert then or not now or found.allowed or found.reasons, request
            assert now or not then or found.refused or found.reasons, request


def found_what(found: Difference) -> tuple[bool, bool]:
    return found.allowed is not None, found.refused is not None


@settings(max_examples=4, deadline=None)
@given(changes(), PRINCIPALS, queries(), CONTEXTS, st.sampled_from(list(Reading)))
def test_compare_and_random_requests_agree(
    change: tuple[Environment, Environment],
    principal: Principal,
    query: Query,
    drawn: list[dict[str, Any]],
    reading: Reading,
) -> None:
    assert_agrees(change, principal, query, drawn, reading)


@pytest.mark.verify
@settings(max_examples=1500, deadline=None)
@given(changes(), PRINCIPALS, queries(), CONTEXTS, st.sampled_from(list(Reading)))
def test_compare_and_random_requests_agree_at_length(
    change: tuple[Environment, Environment],
    principal: Principal,
    query: Query,
    drawn: list[dict[str, Any]],
    reading: Reading,
) -> None:
    assert_agrees(change, principal, query, drawn, reading)
