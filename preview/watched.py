"""Runs a script in a process that never outlives the preview, however the preview ends.

This file is run as a script by the interpreter of a program or a pack, so it imports nothing of the preview. Arguments:
the number of an inherited pipe that the preview holds open, the script, and the script's own arguments. When the
preview is gone, even killed, the pipe closes and this process ends with everything that it started.
"""

from __future__ import annotations

import gc
import os
import runpy
import signal
import sys
import threading
from pathlib import Path

# With Python's own 700, program and pack spend half of their time on collections at a thousand resources.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Watch the preview and run the script."""
    pipe = int(sys.argv[1])
    os.set_inheritable(pipe, False)  # noqa: FBT003  the function takes it by position only
    threading.Thread(target=_end_with_preview, args=(pipe,), daemon=True).start()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != folder]
    sys.argv = sys.argv[2:]
    runpy.run_path(sys.argv[0], run_name="__main__")


def _end_with_preview(pipe: int) -> None:
    os.read(pipe, 1)  # nobody writes: it returns when the other end is closed
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
