"""Ctrl-C and SIGTERM: leave at once, with every child ended, one line said and nothing half-written."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

FAILED = 2
SIGNALS = (signal.SIGINT, signal.SIGTERM)

_clean_ups: list[Callable[[], None]] = []
_state = {"protected": False, "pending": False}


def install() -> None:
    """Take over the signals; to be called before anything slow is imported."""
    for number in SIGNALS:
        signal.signal(number, _on_signal)


def clean_up_with(action: Callable[[], None]) -> None:
    """Have an action run when the preview is interrupted."""
    _clean_ups.append(action)


@contextmanager
def protected() -> Iterator[None]:
    """Let a short piece of work come to its end before an interruption counts."""
    _state["protected"] = True
    try:
        yield
    finally:
        _state["protected"] = False
        if _state["pending"]:
            _leave()


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    if _state["protected"]:
        _state["pending"] = True
    else:
        _leave()


def _leave() -> None:
    """End the process without waiting for threads that still serve the children."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if "preview.processes" in sys.modules:
        sys.modules["preview.processes"].stop_all()
    for action in _clean_ups:
        action()
    if sys.stderr.isatty():
        os.write(2, b"\r\x1b[2K")
    os.write(2, b"error: interrupted\n")
    os._exit(FAILED)
