"""Decisions, explanations and findings as text for a terminal."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamproof.environment import Request
    from iamproof.evaluate import Decision
    from iamproof.lint_scope import Finding

_WIDEST, _NARROWEST, _GAP = 160, 40, "  "


def decision_table(asked: Iterable[tuple[Request, Decision]]) -> str:
    """Return one line for each case: the decision, what was asked, and what decided."""
    rows = []
    for number, (request, decision) in enumerate(asked):
        because = ", ".join(f"{ref.policy} {ref.sid or ref.position}" for ref in decision.statements)
        without = f"no Allow in {', '.join(decision.missing)}" if decision.missing else ""
        rows.append((str(number), decision.outcome.value, request.action, request.resource, because or without))
    return table(("case", "decision", "action", "resource", "because"), rows)


def finding_table(found: Iterable[tuple[str, Finding]]) -> str:
    """Return the findings of several policies, the message of each below its place."""
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
    blocks = []
    for policy, finding in found:
        message = textwrap.fill(printable(finding.message), width, initial_indent=_GAP, subsequent_indent=_GAP)
        where = f"{policy}: {finding.path}" if finding.path else policy
        blocks.append(f"{printable(where)}  {finding.id}\n{message}\n")
    return "".join(blocks) or "nothing found\n"


def printable(text: str) -> str:
    """Write characters that would steer the terminal as escapes."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return columns as wide as what is in them; the last one is not padded."""
    lines = [[printable(cell) for cell in line] for line in (header, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    texts = (_GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)
    return "".join(f"{text}\n" for text in texts)
