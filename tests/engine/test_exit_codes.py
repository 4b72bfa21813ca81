"""What a shell sees: the exit codes of ``pulumi preview``, ``pulumi up`` and ``python -m preview`` side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview_parity import pair
from preview_parity.pair import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from preview_parity.engine_build import Engine

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
FORBIDS = {"forbids": {"enforcementLevel": "mandatory", "property": "size"}}
ADVICE = {"forbids": {"enforcementLevel": "advisory", "property": "size"}}
REFUSED_CONFIG = {"forbids": {"enforcementLevel": "mandatory", "limit": 0}}
FORBIDDEN = "Thing('a', {'size': 'forbidden'})\n"

# name: program, policy config, exit codes of `pulumi preview`, `pulumi up` and the preview
CASES: dict[str, tuple[str, dict[str, Any], tuple[int, int, int]]] = {
    "clean": ("Thing('a', {'size': 'small'})\n", FORBIDS, (0, 0, 0)),
    "an advisory policy fires": (FORBIDDEN, ADVICE, (0, 0, 0)),
    "a mandatory policy fires": (FORBIDDEN, FORBIDS, (1, 1, 1)),
    "the program raises": ("raise ValueError('no')\n", FORBIDS, (1, 1, 2)),
    "the program raises beside a violation": (FORBIDDEN + "raise ValueError('no')\n", FORBIDS, (1, 1, 2)),
    "the program is told off by the SDK": ("raise pulumi.RunError('no')\n", FORBIDS, (1, 1, 2)),
    "the program exits early": ("import sys\nsys.exit(3)\n", FORBIDS, (1, 1, 2)),
    "an apply raises": (
        "pulumi.export('a', pulumi.Output.from_input(1).apply(lambda one: one / 0))\n",
        FORBIDS,
        (1, 1, 2),
    ),
    "two resources share a name": ("Thing('a')\nThing('a')\n", FORBIDS, (1, 1, 2)),
    "the program logs an error": ("pulumi.log.error('no')\n", FORBIDS, (0, 0, 0)),
    "the policy config is refused": ("Thing('a')\n", REFUSED_CONFIG, (1, 1, 2)),
}


@pytest.mark.parametrize("name", CASES)
def test_exit_codes(
    name: str, real: Engine, small_program: Callable[[str], Path], echo_pack: Path, tmp_path: Path
) -> None:
    body, policies, expected = CASES[name]
    config = {"all": "disabled", **policies}
    project = small_program(body)
    case = Case(project=project, packs=[echo_pack], policy_config=config, packages=("sink",))
    made = pair.workspace(real, case, tmp_path / "work")
    (tmp_path / "policies.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(project), "--policy-pack", str(echo_pack)]
    command += ["--mode", "first", "--policy-pack-config", str(tmp_path / "policies.json")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    previewed, deployed = made.preview(), made.up()
    said = f"{previewed.output}\n{deployed.output}\n{ended.stdout}\n{ended.stderr}"
    assert (previewed.code, deployed.code, ended.returncode) == expected, said
