"""Figures of the IAM library: cases per second in one call, time to read a document, peak memory of the call."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.measure import CommandFailedError
from iamproof import parse_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNT = "111122223333"
CASES, RUNS, PARSES = 10_000, 3, 50
DOCUMENT_BYTES = 6 * 1024
HEADER = ["| what | of | median | aim | kept |", "|---|---|---|---|---|"]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A figure with its unit; `bound` is the aim, which `at_most` makes a ceiling and else a floor."""

    name: str
    of: str
    values: tuple[float, ...]
    unit: str
    bound: float
    at_most: bool = True

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        median = statistics.median(self.values)
        kept = median <= self.bound if self.at_most else median >= self.bound
        aim = f"{'at most' if self.at_most else 'at least'} {self.bound:,.0f} {self.unit}"
        shown = f"{median:,.0f}" if median >= 100 else f"{median:.1f}"
        return f"| {self.name} | {self.of} | {shown} {self.unit} | {aim} | {'yes' if kept else 'NO'} |"


def document(size: int = DOCUMENT_BYTES) -> dict[str, Any]:
    """Return guardrails of about `size` bytes: denies with the conditions that such documents have."""
    statements: list[dict[str, Any]] = [{"Sid": "Ceiling", "Effect": "Allow", "Action": "*", "Resource": "*"}]
    while len(json.dumps(statements)) < size - 300:
        number = len(statements)
        statements.append(
            {
                "Sid": f"Deny{number}",
                "Effect": "Deny",
                "Action": [f"s3:Put{number}*", "s3:GetObject*", f"sagemaker:Create{number}*"],
                "NotResource": [
                    "arn:aws:s3:::bucket/users/${aws:PrincipalTag/user}/*",
                    "arn:aws:s3:::bucket/shared/*",
                ],
                "Condition": {
                    "StringNotEqualsIfExists": {"aws:SourceVpce": [f"vpce-{number}", "vpce-own"]},
                    "BoolIfExists": {"aws:ViaAWSService": "false"},
                },
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}


def cases(count: int = CASES) -> list[dict[str, Any]]:
    """Return cases of one tenant on its own and on another's objects, all judged by one document of 6 KB."""
    request = {"principal": f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook", "principalTags": {"user": "alice"}}
    request |= {"action": "s3:GetObject", "context": {"aws:SourceVpce": "vpce-own"}}
    policies = {"identity": [document()]}
    return [
        {"request": {**request, "resource": f"arn:aws:s3:::bucket/users/{user}/{n}"}, "policies": policies}
        for n in range(count // 2)
        for user in ("alice", "bob")
    ]


class Call(NamedTuple):
    """One call of the command line: wall-clock and processor seconds, peak memory in MiB."""

    seconds: float
    processor: float
    memory: float


def evaluate_command(file: Path) -> Call:
    """Decide a file of cases by the command line."""
    command = [sys.executable, "-m", "iamproof", "evaluate", str(file)]
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  fixed command of this repository
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise CommandFailedError(f"{' '.join(command)} ended with {child.returncode}")
    # Linux counts in KiB, macOS in bytes.
    memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Call(seconds, usage.ru_utime + usage.ru_stime, memory)


def parse_milliseconds(count: int = PARSES) -> tuple[float, ...]:
    """Return how long each of several readings of a document of 6 KB takes, the first one not counted."""
    text = json.dumps(document())
    found = []
    for _ in range(count + 1):
        started = time.perf_counter()
        parse_policy(text)
        found.append((time.perf_counter() - started) * 1000)
    return tuple(found[1:])


def measure(count: int = CASES, runs: int = RUNS) -> list[Measured]:
    """Return the figures; CommandFailedError where a call did not end as it should."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.json"
        file.write_text(json.dumps(cases(count)), encoding="utf-8")
        size = file.stat().st_size / 2**20
        ended = []
        for number in range(runs):
            ended.append(evaluate_command(file))
            sys.stderr.write(f"iamproof, {count} cases: run {number + 1} of {runs}, {ended[-1].seconds:.1f} s\n")
    call = f"`python -m iamproof evaluate`, {count:,} cases with a 6 KB policy, {size:.0f} MiB of JSON"
    seconds, processor, memory = zip(*ended, strict=True)
    rates = tuple(count / each for each in processor)
    return [
        Measured(name="one call", of=call, values=seconds, unit="s", bound=10),
        Measured(name="processor time", of="the same call, one core", values=processor, unit="s", bound=10),
        Measured(name="cases", of="a processor second", values=rates, unit="cases", bound=1000, at_most=False),
        Measured(name="peak memory", of="the same call", values=memory, unit="MiB", bound=1024),
        Measured(name="reading a policy", of="`parse_policy`, 6 KB", values=parse_milliseconds(), unit="ms", bound=10),
    ]


def table(figures: Sequence[Measured]) -> list[str]:
    """Return the lines of a Markdown table of the figures."""
    return [*HEADER, *(figure.row() for figure in figures)]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(measure())) + "\n")
