"""The platform itself under both engines, with every stack file of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from preview_parity import pair
from preview_parity.pair import Case

if TYPE_CHECKING:
    from preview_parity.engine_build import Engine

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
STACKS = sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))


def case_of(stack: str, echo_pack: Path) -> Case:
    quiet = {"disabled-later": "disabled", "not-for-others": "disabled"}
    return Case(project=ROOT, stack=stack, packs=[ROOT / "policy_pack", echo_pack], policy_config=quiet)


def test_the_repository_has_stack_files() -> None:
    assert "dev" in STACKS


@pytest.mark.parametrize("stack", STACKS)
def test_a_first_preview_of_a_stack_agrees(stack: str, real: Engine, echo_pack: Path, tmp_path: Path) -> None:
    both = pair.first_preview(real, case_of(stack, echo_pack), tmp_path)
    assert both.run.error is None
    assert both.differences() == []
    assert len(both.real.resources) > 60
    assert {finding.pack for finding in both.real.findings} >= {"echo"}
    assert both.result.code == 0, both.result.output


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_as_deployed_agrees(stack: str, real: Engine, echo_pack: Path, tmp_path: Path) -> None:
    both = pair.as_deployed(real, case_of(stack, echo_pack), tmp_path)
    assert both.run.error is None
    assert both.differences() == []
    assert len(both.real.resources) > 60
    assert both.result.code == 0, both.result.output
