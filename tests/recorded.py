"""The repository's own program with its own stacks, run once for all tests that look at the same run."""

from __future__ import annotations

import functools
import json
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[1]


def recorded(stack: str, mode: str, config: Mapping[str, str] | None = None) -> Recording:
    """Return what a stack registers, with values of its config replaced; many tests read it, so none may change it."""
    return _once(stack, mode, json.dumps(dict(config or {}), sort_keys=False))


@functools.cache
def _once(stack: str, mode: str, config: str) -> Recording:
    with compiled_once():
        return in_process.run(ROOT, stack=stack, mode=mode, config=json.loads(config))


@contextmanager
def compiled_once() -> Iterator[None]:
    """Compile each text of a module once, whatever copy of the program it comes from: each run imports all anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SourceFileLoader, "source_to_code", _code_of)
        yield


_compile = SourceFileLoader.source_to_code
_codes: dict[tuple[bytes, str], Any] = {}


def _code_of(loader: SourceFileLoader, data: bytes, path: str, **options: Any) -> Any:
    key = bytes(data), Path(path).name
    if key not in _codes:
        _codes[key] = _compile(loader, data, path, **options)
    return _codes[key]
