"""The pack takes for adopted what the stack file adopts, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pytest
import stack_config
from catalogue import BY_ID

from tests.policy_pack.cases.known_networks import STRANGER, holding, naming
from tests.policy_pack.harness import CONFIG, PROJECT, Case, Sort, by_function

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = BY_ID["iam-document-names-only-known-networks"]
CASE = Case(sort=Sort.PASSES, sentence="an adopted id", says=None, resources=holding(naming(STRANGER)))


@pytest.fixture
def adopting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes the stack file adopt these endpoints."""

    def adopt(**endpoints: str) -> None:
        network = json.dumps({"adopt": {"vpc": "vpc-0123456789abcdef0", "endpoints": endpoints}})
        monkeypatch.setattr(stack_config, "project", lambda: PROJECT)
        monkeypatch.setattr(pulumi.runtime, "get_config", {**CONFIG, f"{PROJECT}:network": network}.get)

    return adopt


def test_an_adopted_endpoint_may_stand_in_a_document(adopting: Callable[..., None]) -> None:
    adopting(s3=STRANGER)
    assert by_function(RULE, CASE)[0] == []


def test_an_endpoint_that_is_not_adopted_may_not(adopting: Callable[..., None]) -> None:
    adopting(s3="vpce-0123456789abcdef0")
    (said,) = by_function(RULE, CASE)[0]
    assert STRANGER in said[1]
