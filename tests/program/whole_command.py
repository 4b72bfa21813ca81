"""The program with an edited stack file through the whole command: pack, claims, both runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("__main__.py", "wiring", "settings", "components", "Pulumi.yaml", "stack.schema.json")


def dev_stack() -> dict[str, Any]:
    """Return the stack file of dev, to be edited."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    return document


def assert_every_claim_holds(document: dict[str, Any], folder: Path) -> None:
    """Run the command in a copy of the program with this stack file: nothing is objected to, every claim is decided."""
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / "Pulumi.dev.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    report = folder / "preview.json"
    command = [sys.executable, "-m", "preview", "--program", str(folder), "--json", str(report)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    whole = ROOT / "policy_pack" / "claims"
    claims = {path.stem.replace("_", "-") for path in whole.glob("*.py") if path.stem != "__init__"}
    for run in json.loads(report.read_text(encoding="utf-8"))["runs"].values():
        assert [row for row in run["diagnostics"] if row["level"] == "mandatory"] == []
        assert {row["id"] for row in run["claims"] if row["verdict"] in ("proved", "possible")} == claims
