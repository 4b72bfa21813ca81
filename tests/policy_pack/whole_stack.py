"""A whole program as the pack's functions see it: every resource observed in order, then the stack with its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import runner
from resources import Stack

from preview import judgement
from tests import recorded as its_own
from tests.policy_pack import harness

if TYPE_CHECKING:
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
