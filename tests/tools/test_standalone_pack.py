"""The copy of the pack that stands alone runs from an empty directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from preview.analyzer import Analyzer
from tools.standalone_pack import TargetNotEmptyError, write

ROOT = Path(__file__).resolve().parents[2]


def test_the_copy_holds_all_rules_of_the_pack(tmp_path: Path) -> None:
    write(tmp_path / "pack")
    with Analyzer(tmp_path / "pack") as copy, Analyzer(ROOT / "policy_pack") as original:
        assert [policy.name for policy in copy.info.policies] == [policy.name for policy in original.info.policies]
        assert len(copy.info.policies) > 70


def test_the_copy_finds_iamproof_in_itself_without_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "pack")
    # The repository's editable install offers iamproof too; -S and the packages' folder alone leave it out.
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    code = f"import sys; sys.path[:0] = ['.', {packages!r}]; import iamproof, catalogue; print(iamproof.__file__)"
    ended = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path / "pack",
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert ended.returncode == 0, ended.stderr
    assert Path(ended.stdout.strip()).resolve().is_relative_to(tmp_path)


def test_the_copy_names_its_own_environment_and_needs(tmp_path: Path) -> None:
    write(tmp_path / "pack")
    assert "virtualenv: .venv" in (tmp_path / "pack" / "PulumiPolicy.yaml").read_text(encoding="utf-8")
    needs = (tmp_path / "pack" / "requirements.txt").read_text(encoding="utf-8").split()
    assert [need.split("==")[0] for need in needs] == ["pulumi", "pulumi-policy"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TargetNotEmptyError, match="not empty"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
