"""What a process and its children use, read from /proc; nothing where there is none."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROLES = {"program_host.py": "program", "pack_host.py": "pack"}
PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process at one moment: CPU seconds so far, and MiB that it holds (shared pages counted to each)."""

    number: int
    parent: int
    role: str
    cpu: float
    memory: float


@dataclass
class Usage:
    """What was used over several samples: the highest sum of MiB, and the last CPU seconds of each role."""

    peak: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)

    def add(self, processes: list[Process]) -> None:
        """Take in one sample."""
        self.peak = max(self.peak, sum(process.memory for process in processes))
        for process in processes:
            self.cpu[process.role] = max(process.cpu, self.cpu.get(process.role, 0.0))


def sample(root: int) -> list[Process]:
    """Return a process and everything below it; the first is ``preview``, its children have the roles they play."""
    listed = {one.number: one for folder in PROC.glob("[0-9]*") if (one := _read(folder))}
    found = [listed[root]] if root in listed else []
    for process in found:
        found.extend(one for one in listed.values() if one.parent == process.number)
    return found


def _read(folder: Path) -> Process | None:
    try:
        # The name in brackets may itself hold brackets and blanks; what follows its last one does not.
        fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
        words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except (OSError, IndexError):
        return None
    if not any(words):
        return None  # it has ended, and nobody has asked how
    role = next((role for word in words for name, role in ROLES.items() if word.endswith(name)), "preview")
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    memory = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return Process(int(folder.name), int(fields[1]), role, cpu, memory)
