"""The decision tables: every row by all policies that the caller really carries, and each of its locks alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from iamproof import Reading
from tests.components.documents.rows import ALL_ROWS
from tests.components.documents.world import ALICE, Ask, Lock, Row, World, allowed, refused

# What the rows answer for: S2 3.7 without the bastion's holes, S4 3.2 without those of people's keys, acceptance.
TO_ANSWER = """
D1 D2 D3 D4 D5 D6 D7 D8 D9 D11 D12 D13 D14 D17 D18 R1 R2 R2b R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17
R18 R19 R20 R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 F2 F4 F5 F6 F10 F11 F12 F15 F16 F21 F23 F24
S2-A8 S2-A9 S2-A10 S2-A11 S2-A12 S2-A13 S2-A14 S2-A15 S2-A16 S2-A18
S4-A1 S4-A2 S4-A3 S4-A4 S4-A6 S4-A7 S4-A8 S4-A9 S4-A13 S1-A1 S1-A2 S1-A3 S1-A5 S1-A6 P8
P2 P4 P5 P6 P7 E2 E3 E4 E6 E8 G4 G6 G7 G8 G9 G10 G11 G12
"""

WORLD = World.built()


@pytest.mark.parametrize("row", ALL_ROWS, ids=str)
def test_a_row_of_the_acceptance_tables_is_decided_as_written(row: Row) -> None:
    assert WORLD.decide(row) == row.allowed


@pytest.mark.parametrize(
    ("row", "lock"),
    [pytest.param(row, lock, id=f"{row}: {lock.name}") for row in ALL_ROWS for lock in row.by],
)
def test_each_lock_refuses_alone_what_it_is_named_for(row: Row, lock: Lock) -> None:
    """Also where the documentation leaves a reading open: allows are then read widely, denies narrowly."""
    for reading in Reading:
        assert not WORLD.decide(row, lock, reading), f"with everything else wide open, {lock.value} lets it through"


def test_rows_are_told_apart_by_name_and_caller() -> None:
    assert [name for name, count in Counter(map(str, ALL_ROWS)).items() if count > 1] == []


@pytest.mark.parametrize("hole", TO_ANSWER.split())
def test_every_known_hole_and_acceptance_statement_has_a_row(hole: str) -> None:
    assert any(re.search(rf"(^|[ (]){hole}([ ,)]|$)", row.id) for row in ALL_ROWS)


def test_acceptance_statements_hold_together_for_one_tenant() -> None:
    """S2-A20: a platform that refuses everything would pass every other row."""
    journeys = ("S2-A8 ", "S2-A10 ", "S2-A12 ", "S2-A13 ", "S2-A14 ", "S2-A16", "S4-A1 ", "S4-A7 ", "S4-A8 ")
    reached = {journey: [row for row in ALL_ROWS if row.allowed and journey in row.id] for journey in journeys}
    assert [journey for journey, rows in reached.items() if not any(WORLD.decide(row) for row in rows)] == []


def test_a_row_without_a_verdict_that_fits_its_locks_is_refused() -> None:
    with pytest.raises(ValueError, match="names its locks"):
        refused("x", ALICE, Ask("s3:GetObject"), by=())
    assert allowed("x", ALICE, Ask("s3:GetObject")).by == ()
