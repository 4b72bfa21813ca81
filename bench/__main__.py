"""Measure the commands that are run all day, print the figures and write docs/benchmarks.md."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import claims, iam_evaluation, policy_sizes, proofs, tenants
from bench.machine import describe
from bench.measure import CommandFailedError, Figure, time_command

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PYTHON = sys.executable
PREVIEW = [PYTHON, "-m", "preview", "--stack", "dev"]


def measure() -> list[Figure]:
    """Run every benchmark; the bounds are the project's own, the figures are what this machine gives."""
    return [
        time_command("preview of the dev stack, both runs", PREVIEW, ROOT, runs=5, bound=10),
        time_command("preview of the dev stack, first only", [*PREVIEW, "--mode", "first"], ROOT, runs=5, bound=10),
        time_command("start of the pack", [PYTHON, "-m", "bench.pack_start"], ROOT, runs=5, bound=1),
        time_command("fast tests", ["make", "test"], ROOT, runs=1, bound=120),
    ]


def page(figures: list[Figure], many: list[tenants.Measured], evaluation: list[iam_evaluation.Measured]) -> str:
    """Return the Markdown page of the figures: of whole commands, of many tenants, of the library."""
    head = [
        "# Benchmarks",
        "",
        "Written by `make bench`: wall-clock seconds of whole commands, warm; a figure, never a test.",
        "",
        f"Machine: {describe()}.",
        "",
        "| what | command | median | span | aim | kept |",
        "|---|---|---|---|---|---|",
    ]
    growth = ["", "## Tenants", "", *tenants.table(many)]
    sizes = ["", policy_sizes.HEADING, "", *policy_sizes.table(policy_sizes.measure())]
    library = ["", "## iamproof", "", *iam_evaluation.table(evaluation)]
    return "\n".join([*head, *(figure.row() for figure in figures), *growth, *sizes, *library]) + "\n"


def main() -> int:
    """Return 0 when every command ran, 2 when one failed: its time would say nothing."""
    try:
        text = page(measure(), tenants.measure(), [*iam_evaluation.measure(), *claims.measure(), *proofs.measure()])
    except CommandFailedError as failed:
        sys.stderr.write(f"{failed}\n")
        return 2
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
