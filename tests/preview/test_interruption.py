"""Interrupted or killed in any phase, a preview leaves nothing that runs and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
MARK = "PREVIEW_TEST_MARK"
WAIT = """
import time
from pathlib import Path

def here(*_):
    Path({place!r}).touch()
    time.sleep(600)
"""
RESOURCE = 'Component("a")'
FINE = "POLICIES = [resource('fine', lambda args, report: None)]"
PHASES = {
    "the pack starts": (RESOURCE, "#bare{wait}\nhere()"),
    "the program runs": ("import subprocess\nsubprocess.Popen(['sleep', '600']){wait}\nhere()", FINE),
    "a resource is judged": (RESOURCE, "{wait}\nPOLICIES = [resource('slow', here)]"),
    "the stack is judged": (RESOURCE, "{wait}\nPOLICIES = [stack('slow', here)]"),
}

pytestmark = pytest.mark.verify


def marked(mark: str) -> list[int]:
    """Return the processes that carry a mark in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return [number for number in found if number != os.getpid()]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


class Reached:
    """A preview that has come to a phase and waits there."""

    def __init__(self, mark: str, program: Path, pack: Path, place: Path, report: Path) -> None:
        self.mark = mark
        self.process = subprocess.Popen(
            [sys.executable, "-m", "preview", "--program", program, "--policy-pack", pack, "--json", report],
            cwd=ROOT,
            env={**os.environ, MARK: mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for(lambda: place.exists() or self.process.poll() is not None)

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        self.process.send_signal(number)
        text, errors = self.process.communicate(timeout=15)
        return self.process.returncode, text, errors


@pytest.fixture
def reach(
    program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[str], Reached]:
    """Start a preview and wait until it has reached a phase."""

    def start(phase: str) -> Reached:
        place = tmp_path / "reached"
        wait = WAIT.format(place=str(place))
        program_source, pack_source = (source.replace("{wait}", wait) for source in PHASES[phase])
        mark = f"{os.getpid()}-{request.node.name}"
        return Reached(mark, program(program_source), pack(pack_source), place, tmp_path / "report.json")

    return start


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("phase", PHASES)
def test_an_interrupted_preview_says_so_and_leaves_nothing(
    reach: Callable[[str], Reached], tmp_path: Path, phase: str, number: signal.Signals
) -> None:
    reached = reach(phase)
    assert len(marked(reached.mark)) >= 3, "the preview, a program and a pack"
    assert reached.end(number) == (2, "", "error: interrupted\n")
    wait_for(lambda: not marked(reached.mark), 3)
    assert not [path for path in tmp_path.iterdir() if "report" in path.name]


@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_preview_takes_pack_program_and_their_children_along(
    reach: Callable[[str], Reached], phase: str
) -> None:
    reached = reach(phase)
    assert len(marked(reached.mark)) >= 3, "the preview, a program and a pack"
    assert reached.end(signal.SIGKILL)[0] == -signal.SIGKILL
    wait_for(lambda: not marked(reached.mark), 3)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_counts_while_nobody_reads_the_report(
    program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path, number: signal.Signals
) -> None:
    place, report = tmp_path / "reached", tmp_path / "report.json"
    os.mkfifo(report)
    touching = f"from pathlib import Path\nPOLICIES = [stack('last', lambda *_: Path({str(place)!r}).touch())]"
    reached = Reached(f"{os.getpid()}-fifo-{number}", program(RESOURCE), pack(touching), place, report)
    time.sleep(2)
    assert reached.end(number) == (2, "", "error: interrupted\n")
    wait_for(lambda: not marked(reached.mark), 3)
