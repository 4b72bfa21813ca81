"""Tables that the program hands over: stack outputs named `report-…` that hold a title, columns and rows.

The preview knows nothing of what they say, so any program may have some; the shape is described in docs/preview.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "report-"
WIDEST_CELL = 60
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")


@dataclass(frozen=True)
class Table:
    """A table of text; every row has as many cells as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield the header and the rows; columns of numbers are set to the right."""
        if not self.columns:
            return
        widths = [max(len(row[at]) for row in (self.columns, *self.rows)) for at in range(len(self.columns))]
        right = [self._holds_numbers(at) for at in range(len(self.columns))]
        for row in (self.columns, *self.rows):
            cells = zip(row, widths, right, strict=True)
            yield "  ".join(
                cell.rjust(width) if to_right else cell.ljust(width) for cell, width, to_right in cells
            ).rstrip()

    def _holds_numbers(self, at: int) -> bool:
        cells = [row[at] for row in self.rows if row[at]]
        return any(_NUMBER.fullmatch(cell) for cell in cells)


def tables(outputs: Mapping[str, Any]) -> dict[str, Table | str]:
    """Return the tables by the names of their outputs; a text says why one is none. `outputs` are shown as JSON."""
    return {name: _table(value) for name, value in sorted(outputs.items()) if name.startswith(PREFIX)}


def _table(value: Any) -> Table | str:  # noqa: ANN401  whatever the program handed over
    if not isinstance(value, dict):
        return "a mapping of title, columns, rows and notes is wanted"
    title, columns = value.get("title"), value.get("columns")
    rows, notes = value.get("rows"), value.get("notes", [])
    if not isinstance(title, str):
        return "title must be a text"
    if not _is_row(columns) or not isinstance(notes, list):
        return "columns and notes must be lists"
    if not isinstance(rows, list) or not all(_is_row(row) and len(row) == len(columns) for row in rows):
        return f"rows must be lists of {len(columns)} texts or numbers"
    return Table(title, _cells(columns), tuple(_cells(row) for row in rows), tuple(map(_cell, notes)))


def _is_row(row: Any) -> TypeGuard[list[Any]]:  # noqa: ANN401  whatever the program handed over
    return isinstance(row, list) and not any(isinstance(cell, list) for cell in row)


def _cells(row: list[Any]) -> tuple[str, ...]:
    return tuple(_clipped(_cell(cell)) for cell in row)


def _cell(cell: Any) -> str:  # noqa: ANN401  whatever the program handed over
    if isinstance(cell, dict):
        return "not known yet" if cell == {"unknown": True} else str(cell)
    return "" if cell is None else str(cell)


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST_CELL else line[: WIDEST_CELL - 1] + "…"
