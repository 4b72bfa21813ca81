"""Child processes that never outlive the preview, even a killed one, and whose output is read while they run."""

from __future__ import annotations

import atexit
import contextlib
import errno
import os
import signal
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING

from preview.errors import Phase, PreviewError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

KEPT_LINES = 200
GRACE_SECONDS = 2.0
WATCHED = Path(__file__).with_name("watched.py")

_running: set[Child] = set()
_lock = threading.Lock()
_ending = threading.Event()


class Child:
    """A process in a group of its own, so that it and whatever it starts can be ended together.

    With `watched`, `command` is a Python interpreter, a script and its arguments, and runs below `watched.py`: it also
    ends when the pipe that this side holds open closes, which happens however the preview goes.
    `on_line` is called with (stream name, line) from a thread of each stream; the last lines of standard error are
    kept in `errors`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        on_line: Callable[[str, str], None] | None = None,
        watched: bool = False,
    ) -> None:
        self.errors: deque[str] = deque(maxlen=KEPT_LINES)
        self._on_line = on_line
        with _lock:  # so that a preview that ends sees every child
            if _ending.is_set():
                raise ProcessLookupError("the preview is ending")
            self._process, self._pipe = _started(command, cwd, env, watched=watched)
            _running.add(self)
        self._pumps: list[threading.Thread] = []

    def read_line(self) -> str | None:
        """Return the first line of standard output, None when the process closes it without one."""
        line = _stream(self._process.stdout).readline()
        return line.decode(errors="replace").rstrip("\n") if line else None

    def pump(self, *names: str) -> None:
        """Read the named streams (`stdout`, `stderr`) to their end in the background."""
        for name in names:
            thread = threading.Thread(target=self._read, args=(name,), daemon=True)
            thread.start()
            self._pumps.append(thread)

    def _read(self, name: str) -> None:
        stream = _stream(getattr(self._process, name))
        with contextlib.suppress(ValueError, OSError):
            for raw in stream:
                line = raw.decode(errors="replace").rstrip("\n")
                if name == "stderr":
                    self.errors.append(line)
                if self._on_line:
                    self._on_line(name, line)

    @property
    def returncode(self) -> int | None:
        """The exit code, None while it runs, negative for a signal."""
        return self._process.poll()

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the process and the end of its output; return None when the time is over first."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        for pump in self._pumps:
            pump.join(1.0)
        return code

    def stop(self) -> None:
        """End the process and everything in its group: politely first, then for certain."""
        self._signal(signal.SIGTERM)
        if self.wait(GRACE_SECONDS) is None:
            self._signal(signal.SIGKILL)
            self.wait(GRACE_SECONDS)
        self._signal(signal.SIGKILL)  # what it started and left behind
        with _lock:
            _running.discard(self)
        for stream in (self._process.stdout, self._process.stderr, self._pipe):
            with contextlib.suppress(OSError):
                _stream(stream).close()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def _started(
    command: Sequence[str], cwd: Path, env: Mapping[str, str], *, watched: bool
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start a process; return it and the end of the pipe that keeps it alive."""
    theirs, ours = os.pipe()
    interpreter, *script = command
    try:
        process = subprocess.Popen(  # noqa: S603  the command is the interpreter that the project file names
            [interpreter, "-u", str(WATCHED), str(theirs), *script] if watched else list(command),
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=(theirs,) if watched else (),
        )
    except OSError as error:
        os.close(ours)
        raise PreviewError(Phase.PROGRAM, _unstarted(error, interpreter, cwd, env)) from None
    finally:
        os.close(theirs)
    return process, os.fdopen(ours, "wb", buffering=0)


def _unstarted(error: OSError, interpreter: str, cwd: Path, env: Mapping[str, str]) -> str:
    """Return why a process could not be started."""
    if error.errno != errno.E2BIG:
        return f"{interpreter} cannot be started in {cwd}: {error.strerror}"
    name = max(env, key=lambda each: len(env[each]))
    return (
        f"the system starts no process with so large an environment: {name} alone has {len(env[name]):,} characters. "
        "Pulumi hands the stack's configuration over in such a variable, so spread the tenants over several stacks"
    )


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the process was started without this stream")
    return stream


def stop_all() -> None:
    """End every child that still runs, all of them at once, and let no other begin."""
    _ending.set()
    held = _lock.acquire(timeout=1.0)
    children = list(_running)
    if held:
        _lock.release()
    for child in children:
        child._signal(signal.SIGTERM)  # noqa: SLF001  the same module's own class
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(child.returncode is None for child in children):
        time.sleep(0.02)
    for child in children:
        child._signal(signal.SIGKILL)  # noqa: SLF001  the same module's own class


atexit.register(stop_all)
