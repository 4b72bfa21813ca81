"""On random policies *prove* and single requests agree."""

from __future__ import annotations

import os
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import (
    Environment,
    Principal,
    Query,
    Reading,
    Request,
    Situation,
    Verdict,
    evaluate,
    prove,
    prove_every,
)
from iamproof.arns import arn_account
from tests.iamproof.proofs.drawn import ACTIONS, ENVIRONMENTS, PRINCIPALS, RESOURCES, contexts, meant, queries

CONTEXTS = st.lists(contexts(), min_size=30, max_size=30)


def assert_agrees(
    environment: Environment, principal: Principal, query: Query, drawn: list[dict[str, Any]], reading: Reading
) -> None:
    situation = Situation(principal, environment)
    none, every = prove(situation, query, reading=reading), prove_every(situation, query, reading=reading)
    for proof, wanted in ((none, True), (every, False)):
        if proof.verdict is Verdict.COUNTEREXAMPLE:
            assert proof.request is not None
            assert meant(query, proof.request)
            assert evaluate(proof.request, environment, reading=reading).allowed is wanted
    for action, resource, context in product(ACTIONS, RESOURCES, drawn):
        request = Request(action, resource, principal, context)
        owner = arn_account(resource)
        if meant(query, request) and (owner is None or environment.resource_account in {None, owner}):
            allowed = evaluate(request, environment, reading=reading).allowed
            assert not (allowed and none.proved), request
            assert allowed or not every.proved, request


@settings(max_examples=120, deadline=None)
@given(ENVIRONMENTS, PRINCIPALS, queries(), CONTEXTS, st.sampled_from(list(Reading)))
def test_prove_and_random_requests_agree(
    environment: Environment, principal: Principal, query: Query, drawn: list[dict[str, Any]], reading: Reading
) -> None:
    assert_agrees(environment, principal, query, drawn, reading)


EXAMPLES = int(os.environ.get("IAMPROOF_EXAMPLES", "400"))
"""How many examples the long test takes; more by IAMPROOF_EXAMPLES=1500."""


@pytest.mark.verify
@settings(max_examples=EXAMPLES, deadline=None)
@given(ENVIRONMENTS, PRINCIPALS, queries(), CONTEXTS, st.sampled_from(list(Reading)))
def test_prove_and_random_requests_agree_at_length(
    environment: Environment, principal: Principal, query: Query, drawn: list[dict[str, Any]], reading: Reading
) -> None:
    assert_agrees(environment, principal, query, drawn, reading)
