"""The decision tables: every row by all policies that the caller really carries, and each of its locks alone."""

from __future__ import annotations

from collections import Counter

import pytest

from iamproof import Reading
from tests.batches import each_in
from tests.components.documents.rows import ALL_ROWS, TABLES
from tests.components.documents.world import ALICE, Ask, Lock, Row, World, allowed, refused

WORLD = World.built()
BY_TABLE = {table.__name__.rpartition(".")[2]: table.ROWS for table in TABLES}
LOCKED = {table: locked for table, rows in BY_TABLE.items() if (locked := [(row, by) for row in rows for by in row.by])}


@each_in("row", BY_TABLE)
def test_a_row_of_the_acceptance_tables_is_decided_as_written(row: Row) -> None:
    assert WORLD.decide(row) == row.allowed


@each_in("row, lock", LOCKED, says=lambda row, lock: f"{row}: {lock.name}")
def test_each_lock_refuses_alone_what_it_is_named_for(row: Row, lock: Lock) -> None:
    """Also where the documentation leaves a reading open: allows are then read widely, denies narrowly."""
    for reading in Reading:
        assert not WORLD.decide(row, lock, reading), f"with everything else wide open, {lock.value} lets it through"


def test_rows_are_told_apart_by_name_and_caller() -> None:
    assert [name for name, count in Counter(map(str, ALL_ROWS)).items() if count > 1] == []


def test_acceptance_statements_hold_together_for_one_tenant() -> None:
    """S2-A20: a platform that refuses everything would pass every other row."""
    journeys = ("S2-A8 ", "S2-A10 ", "S2-A12 ", "S2-A13 ", "S2-A14 ", "S2-A16", "S4-A1 ", "S4-A7 ", "S4-A8 ")
    reached = {journey: [row for row in ALL_ROWS if row.allowed and journey in row.id] for journey in journeys}
    assert [journey for journey, rows in reached.items() if not any(WORLD.decide(row) for row in rows)] == []


def test_a_row_without_a_verdict_that_fits_its_locks_is_refused() -> None:
    with pytest.raises(ValueError, match="names its locks"):
        refused("x", ALICE, Ask("s3:GetObject"), by=())
    assert allowed("x", ALICE, Ask("s3:GetObject")).by == ()
