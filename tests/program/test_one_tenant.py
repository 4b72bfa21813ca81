"""S0-A16: a stack of one person, through the whole pack and all claims, is no special case."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.verify

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("__main__.py", "wiring", "settings", "components", "Pulumi.yaml", "stack.schema.json")


@pytest.mark.parametrize("keys", ["shared", "per-tenant"])
def test_s0_a16_preview_and_proofs_run_for_one_tenant(keys: str, tmp_path: Path) -> None:
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    document = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    config = document["config"]
    people: dict[str, Any] = config["closed-sagemaker:people"]
    config["closed-sagemaker:tenants"] = {"alice": {}}
    config["closed-sagemaker:people"] = {
        name: each for name, each in people.items() if each.get("tenant", "alice") == "alice"
    }
    config["closed-sagemaker:data"]["keys"] = {"data": keys}
    (tmp_path / "Pulumi.dev.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    report = tmp_path / "preview.json"
    command = [sys.executable, "-m", "preview", "--program", str(tmp_path), "--json", str(report)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    whole = ROOT / "policy_pack" / "claims"
    claims = {path.stem.replace("_", "-") for path in whole.glob("*.py") if path.stem != "__init__"}
    for run in json.loads(report.read_text(encoding="utf-8"))["runs"].values():
        assert [row for row in run["diagnostics"] if row["level"] == "mandatory"] == []
        assert {row["id"] for row in run["claims"] if row["verdict"] in ("proved", "possible")} == claims
