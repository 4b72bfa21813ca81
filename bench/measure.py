"""Whole commands timed over several runs after one that is not counted."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class CommandFailedError(Exception):
    """A measured command did not end as it should, so its time says nothing."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Wall-clock seconds of a command: the counted runs, and the bound that the project sets itself."""

    name: str
    command: str
    seconds: tuple[float, ...]
    bound: float

    @property
    def median(self) -> float:
        """Return the figure to quote."""
        return statistics.median(self.seconds)

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        span = f"{min(self.seconds):.1f} to {max(self.seconds):.1f}"
        kept = "yes" if self.median <= self.bound else "NO"
        return f"| {self.name} | `{self.command}` | {self.median:.1f} | {span} | {self.bound:.0f} | {kept} |"


def run_once(command: Sequence[str], folder: Path) -> float:
    """Run a command to its end and return the seconds it took; raises CommandFailedError with its last lines."""
    started = time.perf_counter()
    ended = subprocess.run(  # noqa: S603  fixed commands of this repository
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    seconds = time.perf_counter() - started
    if ended.returncode != 0:
        tail = "\n".join((ended.stdout + ended.stderr).splitlines()[-10:])
        raise CommandFailedError(f"{' '.join(command)} ended with {ended.returncode}:\n{tail}")
    return seconds


def time_command(name: str, command: Sequence[str], folder: Path, *, runs: int, bound: float) -> Figure:
    """Time a command: one run to warm up, then `runs` counted ones."""
    counted = []
    for number in range(runs + 1):
        seconds = run_once(command, folder)
        label = "warm-up" if number == 0 else f"run {number} of {runs}"
        sys.stderr.write(f"{name}: {label}, {seconds:.1f} s\n")
        if number:
            counted.append(seconds)
    shown = " ".join(part.removeprefix(f"{folder}/") for part in command)
    return Figure(name=name, command=shown, seconds=tuple(counted), bound=bound)
