"""The original policies of the five systems as claims: every hole gives a request of that kind, the rest is proved.

A row is asked as it stands, every key it does not carry missing; and a hole is asked again with everything free that
the row's sentence leaves free.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from iamproof import (
    Contains,
    Equals,
    Missing,
    OtherThan,
    Query,
    Reading,
    Situation,
    Values,
    Verdict,
    possible,
    prove,
)
from tests.batches import each_of
from tests.iamproof.systems import test_s0_personal as s0
from tests.iamproof.systems import test_s1_split_buckets as s1
from tests.iamproof.systems import test_s2_closed_network as s2
from tests.iamproof.systems import test_s3_governance as s3
from tests.iamproof.systems import test_s4_many_users as s4
from tests.iamproof.systems.reference import OWN_VPCE, Row, load, situation

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEMS = (s0, s1, s2, s3, s4)
OPEN = [row for system in SYSTEMS for row in (*system.HOLES, *getattr(system, "WANTED", ()))]
SHUT = [row for system in SYSTEMS for row in (*system.TIGHT, *getattr(system, "BROKEN", ()))]
FIXED = ("aws:principal", "aws:username", "aws:resourceaccount")
FROM_OUTSIDE = OtherThan(OWN_VPCE).or_missing()


def of_row(row: Row) -> Situation:
    return situation(row.who, row.policy, row.kind, row.owner)


def said(value: Any) -> Values:
    texts = [str(item).lower() if isinstance(item, bool) else str(item) for item in _list(value)]
    each = tuple(Contains(text).some[0] for text in texts)
    return replace(Equals(*texts), some=each)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def keys_of(row: Row) -> Iterator[str]:
    for name in (*row.who.carries, *((row.policy,) if row.policy else ())):
        for statement in load(name).statements:
            yield from (condition.key for condition in statement.conditions)


def exactly(row: Row) -> Query:
    """The row's request and no other."""
    known = {key.lower() for key in row.context}
    others = {key.lower(): key for key in keys_of(row) if key.lower() not in known}
    free = [
        key
        for name, key in others.items()
        if not name.startswith(("aws:principal", "aws:username", "aws:resourceaccount"))
    ]
    context = {key: said(value) for key, value in row.context.items()}
    return Query(row.action, row.resource, {**context, **dict.fromkeys(free, Missing)})


@each_of("row", OPEN)
def test_a_row_that_is_open_gives_its_own_request(row: Row) -> None:
    proof = prove(of_row(row), exactly(row))
    assert proof.verdict is Verdict.COUNTEREXAMPLE
    assert proof.request is not None
    assert proof.request.action.lower() == row.action.lower()
    assert possible(of_row(row), exactly(row)).proved


@each_of("row", SHUT)
def test_a_row_that_is_shut_is_proved(row: Row) -> None:
    assert prove(of_row(row), exactly(row)).proved
    assert prove(of_row(row), exactly(row), reading=Reading.EXACT).proved
