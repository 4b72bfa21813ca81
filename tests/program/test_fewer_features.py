"""A stack that leaves features out is no special case: no claim asks for work that the stack was not built for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.program.whole_command import assert_every_claim_holds, dev_stack

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.verify

FEATURES = "closed-sagemaker:features"


@pytest.mark.parametrize("without", ["notebooks", "training", "inference", "bastion"])
def test_every_claim_holds_without_a_feature(without: str, tmp_path: Path) -> None:
    document = dev_stack()
    document["config"][FEATURES].remove(without)
    assert_every_claim_holds(document, tmp_path)


@pytest.mark.parametrize("alone", ["notebooks", "training", "inference"])
def test_every_claim_holds_with_one_feature_alone(alone: str, tmp_path: Path) -> None:
    document = dev_stack()
    document["config"][FEATURES] = [alone]
    assert_every_claim_holds(document, tmp_path)
