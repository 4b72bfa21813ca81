"""Write the rule table of README.md from the rules themselves: ``python policy_pack/export.py [--check]``.

`--check` changes nothing and ends with 1 where the table is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rule import Rule

README = Path(__file__).resolve().parent / "README.md"
BEGIN = "<!-- rules: begin (written by export.py) -->"
END = "<!-- rules: end -->"
HEADS = ("rule", "what it holds", "judges", "level", "severity", "options", "same question elsewhere", "merged rows")


def table(rules: Iterable[Rule] = RULES) -> str:
    """Return the Markdown table of the rules, in the order of their ids."""
    lines = [_row(HEADS), _row(["---"] * len(HEADS))]
    lines += [_row(_cells(rule)) for rule in sorted(rules, key=lambda rule: rule.id)]
    return "\n".join(lines)


def counts(rules: Iterable[Rule] = RULES) -> str:
    """Return one sentence with the numbers of rules."""
    listed = list(rules)
    mandatory = sum(rule.level.value == "mandatory" for rule in listed)
    stack = sum(rule.kind.value == "stack" for rule in listed)
    merged = sum(len(rule.aliases) for rule in listed)
    return (
        f"{len(listed)} rules, {mandatory} mandatory and {len(listed) - mandatory} advisory; {len(listed) - stack} "
        f"judge one resource, {stack} the whole stack; {merged} narrower questions are merged into them."
    )


def refreshed(text: str) -> str:
    """Return a README with its table written anew; raises ValueError where the marks are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md lacks the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{counts()}\n\n{table()}\n\n{END}{after}"


def main(arguments: Sequence[str]) -> int:
    """Write the table, or check it; return the exit code."""
    if unknown := [given for given in arguments if given != "--check"]:
        sys.stderr.write(f"{unknown[0]!r} is not known; write: python policy_pack/export.py [--check]\n")
        return 2
    text = README.read_text(encoding="utf-8")
    fresh = refreshed(text)
    if "--check" in arguments:
        if text != fresh:
            sys.stderr.write("the rule table in policy_pack/README.md is stale; write: python policy_pack/export.py\n")
        return int(text != fresh)
    README.write_text(fresh, encoding="utf-8")
    return 0


def _cells(rule: Rule) -> list[str]:
    return [
        f"[`{rule.id}`](rules/{rule.id.replace('-', '_')}.py)",
        rule.title,
        "one resource" if rule.kind.value == "resource" else "the stack",
        rule.level.value,
        rule.severity.value,
        ", ".join(f"`{name}`" for name in rule.options),
        ", ".join(rule.frameworks),
        ", ".join(f"`{alias}`" for alias in rule.aliases),
    ]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
