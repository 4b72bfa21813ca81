"""The claims of a preview, one line each: what is claimed, and what came out in each run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Claims: TypeAlias = "Sequence[Mapping[str, Any]]"
GOOD = ("proved", "possible")
HANG = 13
"""Where a claim's sentence begins: behind mark and verdict."""


def headline(runs: Mapping[str, Claims]) -> str:
    """Return how many claims ended how, and how long they took, in each run."""
    told = [f"{title}: {_counted(claims)} in {_seconds(claims):.1f} s" for title, claims in runs.items()]
    return f"Claims, {'; '.join(told)}"


def lines(runs: Mapping[str, Claims]) -> Iterator[Text]:
    """Yield one line for each claim, the worst verdict first on it, and what speaks against it below."""
    for name in dict.fromkeys(str(claim.get("id")) for claims in runs.values() for claim in claims):
        found = {title: claim for title, claims in runs.items() for claim in claims if str(claim.get("id")) == name}
        verdicts = {title: str(claim.get("verdict") or "undecided") for title, claim in found.items()}
        worst = next((verdict for verdict in verdicts.values() if verdict not in GOOD), None)
        first = next(iter(found.values()))
        mark, style = ("✗", "red") if worst else ("✓", "green")
        shown = ", ".join(dict.fromkeys(verdicts.values()))
        line = Text(f"{mark} ", style=style).append(f"{shown:<10} ", style=style)
        line.append(f"{first.get('sentence') or name}")
        for remark in dict.fromkeys(str(one) for claim in found.values() for one in claim.get("remarks") or ()):
            line.append(f" {remark}", style="yellow")
        yield line
        for text in dict.fromkeys(str(claim.get("text") or "") for claim in found.values()):
            if worst and text:
                yield Text(" " * HANG).append(text, style="cyan")


def _counted(claims: Claims) -> str:
    counted = Counter(str(claim.get("verdict") or "undecided") for claim in claims)
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(counted.items()))


def _seconds(claims: Claims) -> float:
    return sum(float(claim.get("milliseconds") or 0) for claim in claims) / 1000
