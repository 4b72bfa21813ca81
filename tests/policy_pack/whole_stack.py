"""A whole program as the pack's functions see it: every resource observed in order, then the stack with its outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import environment
import pulumi
import runner
import stack_config
import yaml
from resources import Stack

from preview import judgement
from tests import recorded as its_own
from tests.policy_pack import harness

if TYPE_CHECKING:
    import pytest
    from environment import StackPolicies

    from preview.in_process import Recording

ROOT = its_own.ROOT


def recorded(stack: str = "dev", mode: str = "first") -> Recording:
    """Return what the repository's own program registers."""
    return its_own.recorded(stack, mode)


def observed(recording: Recording) -> Stack:
    """Show a recorded program to the pack's functions and return the stack that its stack rules get."""
    states = recording.states
    for state in states.values():
        runner.observe(harness.resource_args(judgement.of_inputs(state, None), {}))
    views = [judgement.of_outputs(state, states) for state in states.values() if not state.external]
    return Stack.of_case(harness.stack_args(views, {}))


def policies(stack: str = "dev", mode: str = "first") -> StackPolicies:
    """Return the policies of a stack of the program, as the claims read them under its config."""
    return environment.read_stack(observed(recorded(stack=stack, mode=mode)))


def configure(monkeypatch: pytest.MonkeyPatch, stack: str) -> None:
    """Give the pack's functions the config of a stack of the program, as in a preview."""
    config = yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))["config"]
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    monkeypatch.setattr(stack_config, "project", lambda: "closed-sagemaker")
    monkeypatch.setattr(stack_config, "is_preview", lambda: True)
    monkeypatch.setattr(pulumi.runtime, "get_config", texts.get)
