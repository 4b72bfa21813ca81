"""Completeness of the pack on identities and tenants: each mandatory row is covered, each cover shown to bite."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from catalogue import BY_ID

from tests.policy_pack.identity_rows import CLAIMED, MERGED, RULES

SABOTAGE = Path(__file__).parents[1] / "sabotage"
LEVELS = {"mandatory"}
ROWS_ON_IDENTITIES = 60


def test_every_row_is_listed_once() -> None:
    assert len({*RULES, *MERGED, *CLAIMED}) == len(RULES) + len(MERGED) + len(CLAIMED) == ROWS_ON_IDENTITIES


def test_a_row_that_is_a_rule_is_there_and_mandatory() -> None:
    assert [row for row in RULES if row not in BY_ID or BY_ID[row].level.value not in LEVELS] == []


def test_a_merged_row_is_an_alias_of_its_rule() -> None:
    assert [row for row, rule in MERGED.items() if row not in BY_ID[rule].aliases] == []


def test_a_row_that_is_a_proof_has_its_claims() -> None:
    claims = {name for names in CLAIMED.values() for name in names}
    assert [name for name in claims if not import_module(f"claims.{name}").CLAIM] == []


def test_every_rule_is_shown_to_refuse_a_broken_program() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in SABOTAGE.glob("test_*.py"))
    assert [rule for rule in RULES if f'"{rule}"' not in said] == []
