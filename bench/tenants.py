"""The program with many tenants: registration alone, then with the pack, in each kind of run.

``python -m bench.tenants`` prints the table; ``python -m bench`` writes it into docs/benchmarks.md. Each measurement is
a process of its own, so that memory is told apart.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bench.measure import CommandFailedError
from bench.processes import Usage, sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "policy_pack"
COUNTED = {10: 3, 100: 3, 1000: 1}  # tenants: runs, of which the median is told
MODES = ("first", "deployed")
BOUND = 1.5
EVERY_SECONDS = 0.1
SHARED = ("__main__.py", "Pulumi.yaml", "components", "settings", "wiring", ".venv")

EXPLAINED = (
    "Seconds of one run by itself: the program registering against the monitor without a pack (*bare*), and the same"
    f" with the repository's pack; the aim of their ratio is {BOUND} or less. Memory is the highest sum over all"
    " processes of a run; CPU seconds are of the run with the pack. *Claims* are the seconds of it in which all claims"
    " are decided, each tenant held against the others and one of those that are alike asked. Median of three runs, one"
    " at 1,000 tenants."
)
HEADS = (
    "| tenants | run | resources | bare | with the pack | ratio | claims | memory bare / with pack"
    " | CPU: program / preview / pack |"
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One kind of run with so many tenants: seconds and use of registration alone, and with the pack.

    `claims` are the seconds of the run with the pack in which the claims are decided.
    """

    tenants: int
    mode: str
    resources: int
    bare: float
    judged: float
    claims: float
    bare_use: Usage
    judged_use: Usage

    @property
    def ratio(self) -> float:
        """Return how many times as long the run takes with the pack."""
        return self.judged / self.bare


def write_program(folder: Path, tenants: int, *, odd: int = 0) -> None:
    """Write the repository's program with a stack of so many tenants, a quota and subnets that carry them.

    The persons of `odd` tenants are of another group than all others, and carry other policies.
    """
    for name in SHARED:
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    document: dict[str, Any] = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    config = document["config"]
    config["closed-sagemaker:tenants"] = {f"tenant-{number:04}": {} for number in range(1, tenants + 1)}
    config["closed-sagemaker:people"] = {
        f"person-{number:04}": {
            "tenant": f"tenant-{number:04}",
            "groups": ["data-scientists" if number <= odd else "engineers"],
        }
        for number in range(1, tenants + 1)
    }
    config["closed-sagemaker:quotas"] = {"iam-roles": 5000}
    if tenants > 500:  # the tags of a bastion would not hold the names of its accounts
        config["closed-sagemaker:features"].remove("bastion")
    config["closed-sagemaker:network"]["subnet-prefix"] = 18
    (folder / "Pulumi.dev.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")


def run_here(folder: Path, mode: str, packs: Sequence[Path]) -> dict[str, Any]:
    """Run once in this process; return seconds and resources, raise CommandFailedError unless it came through clean."""
    from preview import fixtures, project_file, stack_file  # noqa: PLC0415  the measuring process needs none of it
    from preview.run import Plan, Run  # noqa: PLC0415  as above

    project = project_file.load_program(folder)
    context = stack_file.load(project, "dev")
    plan = Plan(project=project, context=context, packs=packs, policy_config={}, fixtures=fixtures.Fixtures())
    result = Run(plan, mode).execute()
    violated = [found.policy for found in result.diagnostics if found.level == "mandatory"]
    if result.error or violated:
        raise CommandFailedError(f"{mode}: {result.error or sorted(set(violated))}")
    claims = sum(claim["milliseconds"] for claim in result.claims) / 1000
    return {"seconds": result.seconds, "resources": len(result.states), "claims": claims}


def _once(folder: Path, mode: str, kind: str) -> tuple[dict[str, Any], Usage]:
    """Run once in a process of its own and watch what it and its children use."""
    command = [sys.executable, "-m", "bench.tenants", str(folder), mode, kind]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603  fixed command of this repository
    usage, done = Usage(), threading.Event()

    def watch() -> None:
        while not done.wait(EVERY_SECONDS):
            usage.add(sample(process.pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    text, errors = process.communicate()
    done.set()
    watcher.join()
    if process.returncode != 0:
        raise CommandFailedError(f"{' '.join(command)} ended with {process.returncode}:\n{errors[-2000:]}")
    answer: dict[str, Any] = json.loads(text)
    return answer, usage


def _median(folder: Path, mode: str, kind: str, runs: int) -> tuple[dict[str, Any], Usage]:
    """Return the run that took the median time of several."""
    done = []
    for number in range(runs):
        done.append(_once(folder, mode, kind))
        sys.stderr.write(f"{kind}, {mode}: run {number + 1} of {runs}, {done[-1][0]['seconds']:.1f} s\n")
    middle = statistics.median_low(answer["seconds"] for answer, _ in done)
    return next((answer, usage) for answer, usage in done if answer["seconds"] == middle)


def measure(counted: Mapping[int, int] | None = None) -> list[Measured]:
    """Measure every number of tenants in both modes; takes some minutes."""
    return list(_measured(counted or COUNTED))


def _measured(counted: Mapping[int, int]) -> Iterator[Measured]:
    for tenants, runs in counted.items():
        with tempfile.TemporaryDirectory(prefix="tenants-") as name:
            write_program(Path(name), tenants)
            for mode in MODES:
                sys.stderr.write(f"{tenants} tenants\n")
                bare, bare_use = _median(Path(name), mode, "bare", runs)
                judged, judged_use = _median(Path(name), mode, "judged", runs)
                yield Measured(
                    tenants=tenants,
                    mode=mode,
                    resources=bare["resources"],
                    bare=bare["seconds"],
                    judged=judged["seconds"],
                    claims=judged["claims"],
                    bare_use=bare_use,
                    judged_use=judged_use,
                )


def table(measured: Sequence[Measured]) -> list[str]:
    """Return the figures as lines of Markdown."""
    lines = [EXPLAINED, "", HEADS, "|---|---|---|---|---|---|---|---|---|"]
    for one in measured:
        cpu = " / ".join(f"{one.judged_use.cpu.get(role, 0.0):.1f}" for role in ("program", "preview", "pack"))
        memory = f"{one.bare_use.peak:.0f} / {one.judged_use.peak:.0f} MiB"
        lines.append(
            f"| {one.tenants:,} | {one.mode} | {one.resources:,} | {one.bare:.1f} s | {one.judged:.1f} s"
            f" | {one.ratio:.2f} | {one.claims:.1f} s | {memory} | {cpu} s |"
        )
    return [*lines, "", *_growth(measured)]


def _growth(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield how the seconds of the claims grow: n times the tenants take n to this power times as long."""
    first = [one for one in measured if one.mode == MODES[0] and one.claims]
    for few, many in pairwise(first):
        power = growth((few.tenants, few.claims), (many.tenants, many.claims))
        yield f"From {few.tenants:,} to {many.tenants:,} tenants the claims' seconds grow with the power {power:.2f}."


def growth(few: tuple[int, float], many: tuple[int, float]) -> float:
    """Return the exponent with which seconds grow, from two pairs of a number and its seconds."""
    return math.log(many[1] / few[1]) / math.log(many[0] / few[0])


def main() -> int:
    """Print the table, or with arguments (folder, mode, bare or judged) make one run and print it as JSON."""
    try:
        if len(sys.argv) == 4:
            packs = [PACK] if sys.argv[3] == "judged" else []
            sys.stdout.write(json.dumps(run_here(Path(sys.argv[1]), sys.argv[2], packs)) + "\n")
        else:
            sys.stdout.write("\n".join(table(measure())) + "\n")
    except CommandFailedError as failed:
        sys.stderr.write(f"{failed}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
