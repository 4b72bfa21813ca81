"""Whatever happens, a preview ends in time, says why, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CLEAN_PACK = "POLICIES = [resource('fine', lambda args, report: None)]"
MARK = "PREVIEW_TEST_MARK"

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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.4, 1.0, 2.5])
def test_an_interrupted_preview_leaves_nothing(
    program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path, number: signal.Signals, after: float
) -> None:
    mark = f"{os.getpid()}-{number}-{after}"
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "preview", "--program", str(program("import time\ntime.sleep(600)"))]
    process = subprocess.Popen(
        [*command, "--policy-pack", str(pack(CLEAN_PACK)), "--json", str(report)],
        cwd=ROOT,
        env={**os.environ, MARK: mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after)
    process.send_signal(number)
    text, errors = process.communicate(timeout=10)
    assert process.returncode == 2
    assert (text, errors) == ("", "error: interrupted\n")
    assert not [path for path in tmp_path.iterdir() if "report" in path.name]
    deadline = time.monotonic() + 3
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not marked(mark)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os\nPOLICIES = [resource('bad', lambda args, report: os._exit(7))]", "died while it judged"),
        ("POLICIES = [resource('bad', lambda args, report: 1 / 0)]", "raised an exception while it judged"),
        ("import os\nPOLICIES = [stack('bad', lambda args, report: os._exit(7))]", "died at AnalyzeStack"),
    ],
)
def test_a_pack_that_breaks_while_it_judges_is_told(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path], source: str, said: str
) -> None:
    done = preview(program('Component("a")'), pack(source))
    assert done.code == 2
    assert said in done.run("first")["error"]["message"]
    assert done.run("first")["error"]["phase"] == "pack"
    assert " ".join(done.text.split()).count(said) >= 1


def test_five_thousand_resources_pass(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = 'for number in range(5000):\n    Component(f"part-{number}", {"number": number})'
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 0, done.errors
    assert len(done.run("first")["resources"]) == 5002


def test_a_hundred_transformed_registrations_do_not_block_each_other(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = """
    import asyncio

    async def slow(args):
        pulumi.log.debug("transforming " + args.name)
        await asyncio.sleep(0.001)
        return pulumi.ResourceTransformResult({**args.props, "seen": True}, args.opts)

    pulumi.runtime.register_resource_transform(slow)
    for number in range(300):
        Resource(f"one-{number}", {"number": number}, ResourceOptions(provider=provider, transforms=[slow]))
    """
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 0, done.errors
    assert sum(1 for row in done.run("first")["resources"] if row["inputs"].get("seen")) == 300


def test_registrations_from_threads_arrive(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = """
    import asyncio

    async def main():
        await asyncio.gather(*(asyncio.to_thread(lambda: None) for _ in range(4)))
        for number in range(20):
            Component(f"late-{number}")

    pulumi.run(main)
    """
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert len(done.run("first")["resources"]) == 22


def test_two_previews_at_once_do_not_meet(program: Callable[..., Path], pack: Callable[..., Path]) -> None:
    command = [sys.executable, "-m", "preview", "--program", str(program('Component("a")'))]
    command += ["--policy-pack", str(pack(CLEAN_PACK))]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in both:
        text, errors = process.communicate(timeout=60)
        assert process.returncode == 0, text + errors
