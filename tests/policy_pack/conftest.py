"""The pack's own server, started once for all cases: one that previews and one that updates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pulumi
import pytest
import stack_config

from preview.analyzer import Analyzer
from tests.policy_pack import whole_stack
from tests.policy_pack.harness import CONFIG, PROJECT, STACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

PACK = Path(__file__).resolve().parents[2] / "policy_pack"


@pytest.fixture(scope="session")
def previewing() -> Iterator[Analyzer]:
    """Serve the pack as in a preview."""
    with Analyzer(PACK, stack=STACK, project=PROJECT, config=CONFIG, dry_run=True) as server:
        yield server


@pytest.fixture(scope="session")
def updating() -> Iterator[Analyzer]:
    """Serve the pack as in an update."""
    with Analyzer(PACK, stack=STACK, project=PROJECT, config=CONFIG, dry_run=False) as server:
        yield server


@pytest.fixture
def stack_of_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the functions the stack config that the servers got."""
    monkeypatch.setattr(stack_config, "project", lambda: PROJECT)
    monkeypatch.setattr(pulumi.runtime, "get_config", CONFIG.get)


@pytest.fixture
def prod(monkeypatch: pytest.MonkeyPatch) -> StackPolicies:
    """The policies of the prod stack in a first preview."""
    whole_stack.configure(monkeypatch, "prod")
    return whole_stack.policies("prod")
