"""S0-A16: a stack of one person, through the whole pack and all claims, is no special case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.program.whole_command import assert_every_claim_holds, dev_stack

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.verify


@pytest.mark.parametrize("keys", ["shared", "per-tenant"])
def test_s0_a16_preview_and_proofs_run_for_one_tenant(keys: str, tmp_path: Path) -> None:
    document = dev_stack()
    config = document["config"]
    people: dict[str, Any] = config["closed-sagemaker:people"]
    config["closed-sagemaker:tenants"] = {"alice": {}}
    config["closed-sagemaker:people"] = {
        name: each for name, each in people.items() if each.get("tenant", "alice") == "alice"
    }
    config["closed-sagemaker:data"]["keys"] = {"data": keys}
    assert_every_claim_holds(document, tmp_path)
