"""Every bad input about buckets, keys and partners in one stack file: all is said at once, each with a way out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.settings.conftest import Stack

ROOT = Path(__file__).resolve().parents[2]
READER = "arn:aws:iam::444455556666:role/reader"
BAD: dict[str, object] = {
    "partners": {
        "endless": {"role": READER, "prefix": "endless"},
        "anybody": {"role": "arn:aws:iam::444455556666:root", "prefix": "anybody", "until": "2027-03-31"},
        "late": {"role": READER, "prefix": "late", "until": "2020-01-01"},
        "above": {"role": READER, "prefix": "..", "until": "2027-03-31"},
        "nothing": {"role": READER, "prefix": "", "until": "2027-03-31"},
        "whole": {"role": READER, "prefix": "/", "until": "2027-03-31"},
        "theirs": {"role": READER, "prefix": "users/alice", "until": "2027-03-31"},
    },
    "data": {
        "suffix": "7f3a",
        "buckets": {"raw": {"name": "x" * 64}, "shared": {"name": "our.shared.data"}},
        "keys": {"deletion-window-days": 3},
    },
}
PLACES = (
    "partners › endless › until",
    "partners › anybody › role",
    "partners › late › until",
    "partners › above › prefix",
    "partners › nothing › prefix",
    "partners › whole › prefix",
    "partners › theirs › prefix",
    "data › buckets › raw › name",
    "data › buckets › shared › name",
    "data › keys › deletion-window-days",
)


def test_all_of_it_is_said_at_once_with_what_is_allowed_why_and_what_to_write(stack_of: Callable[..., Stack]) -> None:
    problems = stack_of(BAD).problems()
    assert set(problems) == set(PLACES)
    for place, problem in problems.items():
        assert problem.given, place
        assert problem.allowed, place
        assert problem.why, place
        assert problem.write, place


@pytest.mark.verify
def test_the_command_says_it_all_without_a_traceback(tmp_path: Path) -> None:
    for name in ("__main__.py", "Pulumi.yaml", "wiring", "settings", "components"):
        (tmp_path / name).symlink_to(ROOT / name)
    stack = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    stack["config"] |= {f"closed-sagemaker:{key}": value for key, value in BAD.items()}
    (tmp_path / "Pulumi.dev.yaml").write_text(yaml.safe_dump(stack), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(tmp_path), "--policy-pack", str(ROOT / "policy_pack")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 2
    assert "Traceback" not in said
    joined = " ".join(said.split())
    assert [place for place in PLACES if place not in joined] == []
