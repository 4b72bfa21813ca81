"""Break one guarantee in a copy of the program and see which rule refuses it.

The copy goes through the real pack by the same command that an operator runs; the pack itself is never touched.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (
    "__main__.py",
    "wiring",
    "settings",
    "components",
    "Pulumi.yaml",
    "Pulumi.dev.yaml",
    "Pulumi.adopted.yaml",
    "Pulumi.federated.yaml",
    "stack.schema.json",
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the preview of a copy said."""

    exit_code: int
    run: dict[str, Any] = field(repr=False)

    def refusals(self) -> set[str]:
        """Return the ids of the mandatory rules that fired."""
        return {row["policy"] for row in self.run["diagnostics"] if row["level"] == "mandatory"}


def copy_program(target: Path) -> None:
    """Copy what the program consists of, and nothing else of the repository."""
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)


def apply_edits(target: Path, edits: tuple[tuple[str, str, str], ...]) -> None:
    """Replace text in files of the copy; each text must stand there exactly once, else the row tests nothing."""
    for name, old, new in edits:
        path = target / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times, the edit needs exactly one"
        path.write_text(text.replace(old, new), encoding="utf-8")


def preview(
    target: Path, mode: str, stack: str = "dev", *, claims: bool = False, only: tuple[str, ...] = ()
) -> Verdict:
    """Run the copy through the repository's own pack: its rules, and its claims only where they are asked for.

    `only` names claims that alone can refuse: rules are advisory then. They run, as they remember what is planned.
    """
    report, config = target / "preview.json", target / "policy-config.json"
    settings: dict[str, Any] = {} if claims else {"claims-hold": "disabled"}
    if only:
        settings = {"all": "advisory", "claims-hold": {"enforcementLevel": "mandatory", "claims": list(only)}}
    config.write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(target), "--policy-pack", str(ROOT / "policy_pack")]
    command += ["--stack", stack, "--mode", mode, "--json", str(report), "--policy-pack-config", str(config)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert report.exists(), f"the preview wrote no report:\n{ended.stdout}\n{ended.stderr}"
    run = json.loads(report.read_text(encoding="utf-8"))["runs"][mode]
    assert run["error"] is None, f"the copy does not run: {run['error']}"
    return Verdict(exit_code=ended.returncode, run=run)


@pytest.fixture
def sabotage(tmp_path: Path) -> Any:
    """Return a function: edits (file, old text, new text) and a mode -> the verdict over the edited copy."""

    def edited(*edits: tuple[str, str, str], mode: str = "first", stack: str = "dev", **which: Any) -> Verdict:
        copy_program(tmp_path)
        apply_edits(tmp_path, edits)
        return preview(tmp_path, mode, stack, **which)

    return edited
