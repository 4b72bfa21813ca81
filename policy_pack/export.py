"""Write what is made of the rules: ``python policy_pack/export.py [--check] [--conformance-pack FILE]``.

Without arguments the tables of README.md, `conformance_pack.yaml` and `RUN_TIME.md`; `--check` changes nothing and ends
with 1 where one of them is stale; `--conformance-pack` writes the template to a file of one's own, and nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import run_time
from catalogue import RULES
from catalogue_of_claims import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claim import Claim
    from rule import Rule

README = Path(__file__).resolve().parent / "README.md"
CHECKS = README.with_name("conformance_pack.yaml")
LIST = README.with_name("RUN_TIME.md")
OWN = "--conformance-pack"
USAGE = "write: python policy_pack/export.py [--check] [--conformance-pack FILE]"
BEGIN = "<!-- rules: begin (written by export.py) -->"
END = "<!-- rules: end -->"
CLAIMS_BEGIN = "<!-- claims: begin (written by export.py) -->"
CLAIMS_END = "<!-- claims: end -->"
CLAIM_HEADS = ("claim", "what is proved", "kind", "rests on", "partner")
HEADS = ("rule", "what it holds", "judges", "level", "severity", "options", "same question elsewhere", "merged rows")


def table(rules: Iterable[Rule] = RULES) -> str:
    """Return the Markdown table of the rules, in the order of their ids."""
    lines = [_row(HEADS), _row(["---"] * len(HEADS))]
    lines += [_row(_cells(rule)) for rule in sorted(rules, key=lambda rule: rule.id)]
    return "\n".join(lines)


def claim_table(claims: Iterable[Claim] = CLAIMS) -> str:
    """Return the Markdown table of the claims, in the order of their ids."""
    lines = [_row(CLAIM_HEADS), _row(["---"] * len(CLAIM_HEADS))]
    for claim in claims:
        place = f"[`{claim.id}`](claims/{claim.id.replace('-', '_')}.py)"
        partner = f"`{claim.partner}`" if claim.partner else ""
        lines.append(_row((place, claim.sentence, claim.kind.value, "; ".join(claim.assumptions), partner)))
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
    """Return a README with its tables written anew; raises ValueError where the marks are missing."""
    text = _between(text, BEGIN, f"{counts()}\n\n{table()}", END)
    return _between(text, CLAIMS_BEGIN, claim_table(), CLAIMS_END)


def _between(text: str, begin: str, content: str, end: str) -> str:
    before, begins, rest = text.partition(begin)
    _, ends, after = rest.partition(end)
    if not (begins and ends):
        raise ValueError(f"README.md lacks the marks {begin} and {end}")
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"


def main(arguments: Sequence[str]) -> int:
    """Write the files, or check them; return the exit code."""
    if OWN in arguments:
        return _write_own(arguments)
    if unknown := [given for given in arguments if given != "--check"]:
        sys.stderr.write(f"{unknown[0]!r} is not known; {USAGE}\n")
        return 2
    fresh = {
        README: refreshed(README.read_text(encoding="utf-8")),
        CHECKS: run_time.conformance_pack(),
        LIST: run_time.page(),
    }
    stale = [path for path, text in fresh.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"policy_pack/{path.name} is stale; write: python policy_pack/export.py\n")
        return int(bool(stale))
    for path in stale:
        path.write_text(fresh[path], encoding="utf-8")
    return 0


def _write_own(arguments: Sequence[str]) -> int:
    if len(arguments) != 2 or arguments[0] != OWN:
        sys.stderr.write(f"{OWN} takes one file and nothing beside; {USAGE}\n")
        return 2
    target = Path(arguments[1])
    try:
        target.write_text(run_time.conformance_pack(), encoding="utf-8")
    except OSError as reason:
        sys.stderr.write(f"{target} cannot be written: {reason.strerror}; name a file in a folder that is there\n")
        return 2
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
