"""Rendered documents and their plans, compared as IAM reads them."""

from __future__ import annotations

import json
from typing import Any

import plan_matching
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy_pack.document_baselines import allow, deny, document

NAMES = ["subnet/a", "subnet/b", "subnet/c", "endpoint/s3"]
IDS = {name: f"{name.split('/')[0]}-{at}{at}" for at, name in enumerate(NAMES)}


def listing(*names: str) -> dict[str, Any]:
    """Return a statement that compares subnets."""
    return deny(Sid="", Condition={"ForAnyValue:StringNotEquals": {"sagemaker:VpcSubnets": list(names)}})


def reference(name: str) -> str:
    """Return the reference as documents write it."""
    return f"{{{{{name}}}}}"


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Return documents whose statements list literals and references, Sids or none."""
    values = st.sampled_from([*map(reference, NAMES), "subnet-99", "vpc-1"])
    size = draw(st.integers(1, 4))
    lists = [draw(st.lists(values, min_size=1, max_size=4, unique=True)) for _ in range(size)]
    return document(*(listing(*names) for names in lists))


def shuffled(value: Any, random: Any) -> Any:
    """Return a document with every list in another order."""
    if isinstance(value, list):
        parts = [shuffled(part, random) for part in value]
        random.shuffle(parts)
        return parts
    return {key: shuffled(part, random) for key, part in value.items()} if isinstance(value, dict) else value


@given(plans(), st.randoms(use_true_random=False))
def test_every_rendering_of_a_plan_agrees_with_it_in_any_order(plan: dict[str, Any], random: Any) -> None:
    rendered = shuffled(plan_matching.substitute(plan, IDS), random)
    match = plan_matching.compare(plan, rendered)
    assert match is not None
    assert all(IDS[name] in ids for name, ids in match.domains.items()), "the true ids are among the possible ones"


@given(
    plans(), st.sampled_from(NAMES), st.sampled_from(["subnet-99", "vpc-1", "*", "vpce-*", "${a}", "", "a/b", "a:b"])
)
def test_a_rendering_with_a_literal_or_a_pattern_for_an_id_never_agrees(
    plan: dict[str, Any], name: str, wrong: str
) -> None:
    rendered = plan_matching.substitute(plan, {**IDS, name: wrong})
    if reference(name) in json.dumps(plan) and wrong not in ("subnet-99", "vpc-1"):
        assert plan_matching.compare(plan, rendered) is None


def test_two_references_never_stand_for_one_id() -> None:
    plan = document(listing(reference("subnet/a")), listing(reference("subnet/b")))
    same = document(listing("subnet-1"), listing("subnet-1"))
    assert plan_matching.compare(plan, same) is None


def test_one_reference_never_stands_for_two_ids() -> None:
    plan = document(listing(reference("subnet/a")), listing(reference("subnet/a"), "subnet-9"))
    assert plan_matching.compare(plan, document(listing("subnet-1"), listing("subnet-2", "subnet-9"))) is None
    assert plan_matching.compare(plan, document(listing("subnet-1"), listing("subnet-1", "subnet-9"))) is not None


def test_a_reference_that_stands_alone_tells_which_of_two_others_is_which() -> None:
    plan = document(listing(reference("subnet/a"), reference("subnet/b")), listing(reference("subnet/a")))
    match = plan_matching.compare(plan, document(listing("subnet-1", "subnet-2"), listing("subnet-2")))
    assert match is not None
    assert match.domains["subnet/a"] == {"subnet-2"}


def test_statements_without_names_are_paired_in_whatever_way_agrees() -> None:
    plan = document(listing(reference("subnet/a")), listing(reference("subnet/b")), allow())
    match = plan_matching.compare(plan, document(allow(), listing("subnet-2"), listing("subnet-1")))
    assert match is not None
    assert match.domains["subnet/a"] == {"subnet-1", "subnet-2"}, "nothing says which of the two it is"


def test_a_reference_within_a_text_is_the_whole_rest_of_it() -> None:
    plan = document(allow(Resource="arn:aws:kms:r:1:key/{{key/data}}"))
    assert plan_matching.compare(plan, document(allow(Resource=["arn:aws:kms:r:1:key/1234-ab"]))) is not None
    assert plan_matching.compare(plan, document(allow(Resource=["arn:aws:kms:r:1:key/*"]))) is None
    assert plan_matching.compare(plan, document(allow(Resource=["arn:aws:kms:r:1:key/a/b"]))) is None
    assert plan_matching.compare(plan, document(allow(Resource=["arn:aws:kms:r:1:alias/1234-ab"]))) is None


@pytest.mark.parametrize("count", [8, 12])
def test_many_references_that_nothing_tells_apart_are_compared_at_once(count: int) -> None:
    names = [f"endpoint/{at}" for at in range(count)]
    plan = document(listing(*map(reference, names)), listing(*map(reference, names), "x"))
    same = [f"vpce-{at}" for at in range(count)]
    assert plan_matching.compare(plan, document(listing(*reversed(same)), listing(*same, "x"))) is not None
    other = [*same[1:], "vpce-other"]
    assert plan_matching.compare(plan, document(listing(*same), listing(*other, "x"))) is None


def test_what_is_no_statement_never_agrees_with_one() -> None:
    plan = document(allow())
    for wrong in ({}, {"Statement": None}, {"Version": "2012-10-17", "Statement": ["x"]}, document(allow(), Id="x")):
        assert plan_matching.compare(plan, wrong) is None


def test_two_statements_are_never_paired_with_one() -> None:
    plan = document(listing(reference("subnet/a")), listing(reference("subnet/a")))
    assert plan_matching.compare(plan, document(listing("subnet-1"), listing("subnet-2"))) is None
    assert plan_matching.compare(plan, document(listing("subnet-1"), listing("subnet-1"))) is not None


def test_references_that_stand_together_are_bound_together() -> None:
    pairs = listing("{{subnet/a}}/{{subnet/b}}", "{{subnet/c}}/{{endpoint/s3}}")
    assert plan_matching.compare(document(pairs), document(listing("3/4", "1/2"))) is not None
    crossed = document(pairs, listing("{{subnet/a}}/{{endpoint/s3}}"))
    assert plan_matching.compare(crossed, document(listing("3/4", "1/2"), listing("1/4"))) is not None
    assert plan_matching.compare(crossed, document(listing("3/4", "1/2"), listing("1/2"))) is None


def test_numbers_and_operators_are_read_as_iam_reads_them() -> None:
    plan = document(allow(Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": 43200.0}}))
    same = document(allow(Condition={"numericLessThan": {"aws:multifactorauthage": ["43200"]}}))
    assert plan_matching.compare(plan, same) is not None
    half = document(allow(Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": 0.5}}))
    assert plan_matching.compare(plan, half) is None
