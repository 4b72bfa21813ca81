"""What the program has AWS Config ask is what the policy pack says that Config can ask; neither reads the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.components.recording import Recording

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED, EXPORTED = ROOT / "components" / "run_time_checks.yaml", ROOT / "policy_pack" / "conformance_pack.yaml"
RENEW = "write: python policy_pack/export.py --conformance-pack components/run_time_checks.yaml"


def test_the_checks_that_are_deployed_are_those_that_the_pack_exports() -> None:
    assert DEPLOYED.read_text(encoding="utf-8") == EXPORTED.read_text(encoding="utf-8"), RENEW


def test_the_program_deploys_the_checks(program: Recording) -> None:
    checks = program.one("aws:cfg/conformancePack:ConformancePack")
    assert checks.inputs["templateBody"] == DEPLOYED.read_text(encoding="utf-8")
