"""Whatever program, pack or disk do, a preview ends in time, with one message and the right exit code."""

from __future__ import annotations

import json
import os
import re
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
SLEEP = "import time\ndef slow(args, report): time.sleep(600)\n"
SILENT = "neither registered anything nor ended for 8 seconds and was stopped"
TRANSFORM = """
import asyncio

async def slow(args):
    await asyncio.sleep(600)

Resource("one", {}, ResourceOptions(provider=provider, transforms=[slow]))
"""
HANGING = {
    "a program that spins": ("while True: pass", CLEAN_PACK, SILENT),
    "a program that waits in a transform": (TRANSFORM, CLEAN_PACK, SILENT),
    "a program whose thread goes on": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=[600]).start()",
        CLEAN_PACK,
        SILENT,
    ),
    "a program that ignores SIGTERM": (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)",
        CLEAN_PACK,
        SILENT,
    ),
    "a pack without a port": ("", "#bare\nimport time; time.sleep(600)", "gave no port within 8 seconds"),
    "a pack with a false port": ("", "#bare\nimport time; print(1); time.sleep(600)", "does not answer"),
    "a policy that hangs": (
        'Component("a")',
        f"{SLEEP}POLICIES = [resource('slow', slow)]",
        "did not answer within 8 seconds while it judged",
    ),
    "a stack policy that hangs": (
        'Component("a")',
        f"{SLEEP}POLICIES = [stack('slow', slow)]",
        "did not answer within 8 seconds at AnalyzeStack",
    ),
}
BREAKING = {
    "prints": ("#bare\nprint('hello')\nimport time; time.sleep(60)", "printed 'hello' to standard output"),
    "dies at once": ("#bare\nraise RuntimeError('no good')", "ended before it was ready (exit code 1)"),
    "dies while it judges": (
        "import os\nPOLICIES = [resource('bad', lambda args, report: os._exit(7))]",
        "died while it judged",
    ),
    "raises": ("POLICIES = [resource('bad', lambda args, report: 1 / 0)]", "raised an exception while it judged"),
    "dies at the end": (
        "import os\nPOLICIES = [stack('bad', lambda args, report: os._exit(7))]",
        "died at AnalyzeStack",
    ),
    "raises at the end": ("POLICIES = [stack('bad', lambda args, report: 1 / 0)]", "at AnalyzeStack: division by zero"),
}


def told(done: Any, said: str, phase: str) -> None:
    """Assert that a run failed, with one message for both of its runs."""
    assert done.code == 2, done.text + done.errors
    assert " ".join(done.text.split()).count(said) == 1, done.text
    assert "Traceback" not in done.errors
    assert {run["error"]["phase"] for run in done.json["runs"].values()} == {phase}


@pytest.mark.verify
@pytest.mark.parametrize("case", HANGING)
def test_what_hangs_is_stopped_and_told(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path], case: str
) -> None:
    source, policies, said = HANGING[case]
    began = time.monotonic()
    done = preview(program(source), pack(policies), options=["--timeout", "8"])
    assert time.monotonic() - began < 40
    told(done, said, "pack" if case.startswith(("a pack", "a policy", "a stack policy")) else "program")


@pytest.mark.verify
@pytest.mark.parametrize("case", BREAKING)
def test_a_pack_that_breaks_is_told(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path], case: str
) -> None:
    source, said = BREAKING[case]
    told(preview(program('Component("a")'), pack(source)), said, "pack")


def test_a_program_that_works_for_longer_than_the_timeout_is_left_alone(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = """
    import asyncio

    async def main():
        for number in range(6):
            Component(f"part-{number}")
            await asyncio.sleep(1)

    pulumi.run(main)
    """
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first", "--timeout", "4"])
    assert done.code == 0, done.text


@pytest.mark.verify
def test_five_thousand_resources_pass(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = 'for number in range(5000):\n    Component(f"part-{number}", {"number": number})'
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 0, done.errors
    assert len(done.run("first")["resources"]) == 5002


@pytest.mark.verify
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


def test_registrations_from_threads_end_as_the_sdk_has_it(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = """
    import asyncio

    def part(number):
        Component(f"late-{number}")

    async def main():
        await asyncio.gather(*(asyncio.to_thread(part, number) for number in range(8)))

    pulumi.run(main)
    """
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    told(done, "RuntimeError: There is no current event loop in thread", "program")


def test_what_a_thread_hands_back_to_the_loop_is_registered(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    source = """
    import asyncio

    async def main():
        loop = asyncio.get_running_loop()

        def part(number):
            done = asyncio.run_coroutine_threadsafe(build(number), loop)
            done.result()

        async def build(number):
            Component(f"late-{number}")

        await asyncio.gather(*(asyncio.to_thread(part, number) for number in range(20)))

    pulumi.run(main)
    """
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 0, done.text
    assert len(done.run("first")["resources"]) == 22


def command(program: Path, pack: Path, *options: str) -> list[str]:
    arguments = ["--program", str(program), "--policy-pack", str(pack), "--mode", "first", *options]
    return [sys.executable, "-m", "preview", *arguments]


def test_two_previews_at_once_do_not_meet(
    program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    words = command(program('Component("a")'), pack(CLEAN_PACK), "--json", str(report))
    both = [
        subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in both:
        text, errors = process.communicate(timeout=60)
        assert process.returncode == 0, text + errors
    assert len(json.loads(report.read_text(encoding="utf-8"))["runs"]["first"]["resources"]) == 3
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == ["report.json"]


# Run before a command, it lets no file grow beyond some bytes, so that a write fails in its middle as on a full disk.
# It must be a process: a function that runs between fork and exec lets gRPC's threads of this process abort the child.
FULL_DISK = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_a_disk_that_is_full_leaves_the_old_report_whole(
    program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    report.write_text("{}", encoding="utf-8")
    words = command(program('Component("a")'), pack(CLEAN_PACK), "--json", str(report))
    limited = [sys.executable, "-c", FULL_DISK, *words]
    done = subprocess.run(limited, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {report} cannot be written: File too large\n"
    assert report.read_text(encoding="utf-8") == "{}"
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == ["report.json"]


def test_a_device_that_is_full_is_told_and_stays_a_device(
    program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    words = command(program('Component("a")'), pack(CLEAN_PACK), "--json", "/dev/full")
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, "error: /dev/full cannot be written: No space left on device\n")
    assert Path("/dev/full").is_char_device()


def test_a_report_that_finds_no_room_on_standard_output_is_told(
    program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            command(program('Component("a")'), pack(CLEAN_PACK)),
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "error: the report cannot be written: No space left on device\n")


def test_a_reader_that_has_seen_enough_changes_no_verdict(
    program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    theirs, ours = os.pipe()
    os.close(theirs)
    words = command(program('Component("a")'), pack(CLEAN_PACK))
    done = subprocess.run(words, cwd=ROOT, stdout=ours, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stack_too_large_for_the_environment_of_a_process_is_told_so(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    folder = program("", {"demo:tenants": {f"tenant-{number:05}": {} for number in range(10_000)}})
    done = preview(folder, pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 2
    text = " ".join(done.text.split())
    assert re.search(r"no process with so large an environment: PULUMI_CONFIG alone has \d{3},\d{3} characters", text)
    assert "spread the tenants over several stacks" in text


def test_a_preview_writes_nothing_beside_program_and_pack(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    folders = [program('Component("a")'), pack(CLEAN_PACK)]
    before = [sorted(path.name for path in folder.rglob("*")) for folder in folders]
    assert preview(*folders, options=["--mode", "first"]).code == 0
    assert [sorted(path.name for path in folder.rglob("*") if "pyc" not in path.name) for folder in folders] == before
