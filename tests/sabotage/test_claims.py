"""Statements that no rule misses when they are gone: a claim does, and names the request that gets through."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

DOCUMENTS = "components/documents"
Edit = tuple[str, str, str]

EDITS: dict[str, tuple[Edit, str]] = {
    "compute may stand in a foreign subnet": (
        (f"{DOCUMENTS}/network_guardrails.py", "        foreign_subnet(scope),\n", ""),
        "compute-stays-in-the-network",
    ),
    "notebooks may have direct internet access": (
        (f"{DOCUMENTS}/network_guardrails.py", "        notebook_direct_internet(),\n", ""),
        "no-direct-internet",
    ),
    "the owner's tag may be changed": (
        (f"{DOCUMENTS}/tenancy.py", "        user_tag_is_frozen(),\n", ""),
        "owner-tag-is-frozen",
    ),
    "a role of the platform opens the network": (
        (
            f"{DOCUMENTS}/logs.py",
            'actions=("logs:DescribeLogGroups",)',
            'actions=("logs:DescribeLogGroups", "ec2:CreateRoute")',
        ),
        "platform-roles-keep-to-their-task",
    ),
    "notebooks call from anywhere": (
        (f"{DOCUMENTS}/perimeter.py", '"aws:SourceVpce", *scope.endpoint_ids()', '"aws:SourceVpce", "*"'),
        "only-through-the-endpoints",
    ),
}


@pytest.mark.parametrize(("edit", "claim"), EDITS.values(), ids=EDITS)
def test_a_claim_notices_what_no_rule_does(edit: Edit, claim: str, sabotage: Any) -> None:
    verdict = sabotage(edit, claims=True)
    assert verdict.refusals() == {"claims-hold"}
    said = [row["message"] for row in verdict.run["diagnostics"] if row["policy"] == "claims-hold"]
    assert any(f"claim {claim} " in message and "is refuted" in message for message in said), said
    found = [row for row in verdict.run["claims"] if row["id"] == claim]
    assert [row["verdict"] for row in found] == ["counterexample"]
    assert found[0]["counterexample"]["statements"]
    assert verdict.exit_code == 1
