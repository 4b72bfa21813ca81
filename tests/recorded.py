"""The repository's own program with its own stacks, run once for all tests that look at the same run."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

from preview import in_process

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[1]


def recorded(stack: str, mode: str, config: Mapping[str, str] | None = None) -> Recording:
    """Return what a stack registers, with values of its config replaced; many tests read it, so none may change it."""
    return _once(stack, mode, json.dumps(dict(config or {}), sort_keys=False))


@functools.cache
def _once(stack: str, mode: str, config: str) -> Recording:
    return in_process.run(ROOT, stack=stack, mode=mode, config=json.loads(config))
