"""What happens now, on one line, while the runs work; only on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

EVERY_SECONDS = 0.1


class Progress:
    """A status line on standard error for as long as the block lasts."""

    def __init__(self, modes: Sequence[str]) -> None:
        self._states = dict.fromkeys(modes, "starting")
        self._began = time.monotonic()
        self._done = threading.Event()
        self._shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._thread = threading.Thread(target=self._paint, daemon=True)

    def update(self, mode: str, state: str) -> None:
        """Say what a run does now."""
        self._states[mode] = state

    def __enter__(self) -> Self:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._shown:
            self._thread.join()
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def _paint(self) -> None:
        while not self._done.wait(EVERY_SECONDS):
            seconds = time.monotonic() - self._began
            what = " · ".join(f"{mode}: {state}" for mode, state in self._states.items())
            room = max(shutil.get_terminal_size().columns - 1, 20)
            sys.stderr.write("\r\x1b[2K" + f"{seconds:4.1f}s  {what}"[:room])
            sys.stderr.flush()
