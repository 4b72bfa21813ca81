"""Tables that a program hands over among its outputs."""

from __future__ import annotations

from typing import Any

import pytest

from preview.program_tables import Table, tables

COST = {
    "title": "What it costs",
    "columns": ["part", "USD"],
    "rows": [["endpoint", "20.44"], ["bastion", "no price"], ["all", 1020.44]],
    "notes": ["an estimate"],
}


def only(value: Any) -> Table | str:
    return tables({"report-cost": value, "other": COST})["report-cost"]


def test_only_outputs_of_that_name_are_tables() -> None:
    assert set(tables({"report-cost": COST, "reports": COST, "cost": COST})) == {"report-cost"}


def test_a_table_is_set_out_with_numbers_to_the_right() -> None:
    table = only(COST)
    assert isinstance(table, Table)
    assert list(table.lines()) == [
        "part           USD",
        "endpoint     20.44",
        "bastion   no price",
        "all        1020.44",
    ]
    assert (table.title, table.notes) == ("What it costs", ("an estimate",))


def test_cells_may_be_empty_long_broken_or_unknown() -> None:
    table = only({**COST, "rows": [[None, {"unknown": True}], ["x" * 100, "a\nb"]]})
    assert isinstance(table, Table)
    assert table.rows[0] == ("", "not known yet")
    assert table.rows[1] == ("x" * 59 + "…", "a b")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("text", "a mapping of title, columns, rows and notes is wanted"),
        ({**COST, "title": 3}, "title must be a text"),
        ({**COST, "columns": "part"}, "columns and notes must be lists"),
        ({**COST, "notes": "an estimate"}, "columns and notes must be lists"),
        ({**COST, "rows": [["one"]]}, "rows must be lists of 2 texts or numbers"),
        ({**COST, "rows": [["one", ["two"]]]}, "rows must be lists of 2 texts or numbers"),
        ({**COST, "rows": {"unknown": True}}, "rows must be lists of 2 texts or numbers"),
        ({"unknown": True}, "title must be a text"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(value: object, why: str) -> None:
    assert only(value) == why


def test_a_table_without_columns_has_no_lines() -> None:
    table = only({**COST, "columns": [], "rows": []})
    assert isinstance(table, Table)
    assert list(table.lines()) == []
