"""Completeness: every hole and every acceptance statement has its rows, or says where else it is held."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iamproof import PrincipalKind
from tests.components.documents.answers import BY_ROWS, ELSEWHERE, ROOMS, numbers
from tests.components.documents.rows import ALL_ROWS

if TYPE_CHECKING:
    from tests.components.documents.world import Caller

ROOT = Path(__file__).parents[3]
NUMBER = re.compile(r"(?:^|[ (])(S\d-A\d+|[A-Z]\d+b?)(?=[ ,)]|$)")
CLAIMED = {who: set(text.split()) for who, text in BY_ROWS.items()}


def asks_as(who: Caller) -> str:
    """Return what kind of caller a row has."""
    if who.principal.kind is PrincipalKind.USER:
        return "people"
    return "workloads" if ":role/tenants/" in (who.principal.arn or "") else "others"


def answered() -> dict[tuple[str, str], set[str]]:
    """Return the numbers that rows name, by who asks and by verdict."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ALL_ROWS:
        found[asks_as(row.who), "allowed" if row.allowed else "refused"] |= set(NUMBER.findall(row.id))
    return found


ANSWERED = answered()


@pytest.mark.parametrize(("who", "verdict"), BY_ROWS)
def test_each_number_has_its_rows(who: str, verdict: str) -> None:
    missing = CLAIMED[who, verdict] - ANSWERED[who, verdict]
    assert missing == set(), f"no row of {who} is {verdict} under these numbers"


def test_every_number_has_rows_or_says_where_else_it_is_held() -> None:
    assert set.union(*CLAIMED.values(), ELSEWHERE) == numbers()
    assert set.union(*CLAIMED.values()) & set(ELSEWHERE) == set()


def test_no_row_names_a_number_that_there_is_not() -> None:
    named = {number for numbered in ANSWERED.values() for number in numbered if not re.fullmatch(r"S\d", number)}
    assert named - numbers() == set()


@pytest.mark.parametrize("where", sorted(set(ELSEWHERE.values()) - set(ROOMS)))
def test_what_is_held_elsewhere_is_held_there(where: str) -> None:
    path, _, name = where.partition("::")
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_a_room_is_named_only_while_it_is_not_there() -> None:
    assert not (ROOT / "ops").exists(), "the operator's commands are there: name their tests"
    assert [room for room in ROOMS if room not in ELSEWHERE.values()] == []
