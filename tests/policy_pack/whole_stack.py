"""A whole program as the pack's functions see it: every resource observed in order, then the stack with its outputs."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import runner
from resources import Stack

from preview import in_process, judgement
from tests.policy_pack import harness

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def recorded(program: Path = ROOT, stack: str = "dev", mode: str = "first") -> Recording:
    """Run a program once per stack and mode."""
    return in_process.run(program, stack=stack, mode=mode)


def observed(recording: Recording) -> Stack:
    """Show a recorded program to the pack's functions and return the stack that its stack rules get."""
    states = recording.states
    for state in states.values():
        runner.observe(harness.resource_args(judgement.of_inputs(state, None), {}))
    views = [judgement.of_outputs(state, states) for state in states.values() if not state.external]
    return Stack.of_case(harness.stack_args(views, {}))
