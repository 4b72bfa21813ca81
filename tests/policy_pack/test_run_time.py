"""The table of checks in docs/audit.md is that of the rules."""

from __future__ import annotations

from pathlib import Path

import export
import run_time
from catalogue import RULES

DOC = Path(__file__).resolve().parents[2] / "docs" / "audit.md"


def test_every_rule_that_a_runtime_audit_mirrors_is_in_the_table() -> None:
    mirrored = {rule.id for rule in RULES if "runtime audit" in rule.mirrored_by}
    rows = {line.split("`")[1] for line in run_time.table().splitlines() if line.startswith("| `")}
    assert rows == mirrored
    assert len(rows) > 90


def test_a_check_of_config_is_named_beside_its_rule() -> None:
    row = next(line for line in run_time.table().splitlines() if "`vpc-flow-logs-are-on`" in line)
    assert row.endswith("| Config: `VPC_FLOW_LOGS_ENABLED` |")


def test_the_list_is_fresh() -> None:
    assert export.LIST.read_text(encoding="utf-8") == run_time.page(), "write: python policy_pack/export.py"


def test_the_page_says_where_the_whole_list_stands() -> None:
    assert "policy_pack/RUN_TIME.md" in DOC.read_text(encoding="utf-8")
