"""Figures of the pack's claims, as its own server decides them: the dev stack, and tenants of which some differ.

The seconds are those that the proof report holds: the pack's, with both the reading of symmetry and the proofs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from bench import tenants
from bench.iam_evaluation import Measured, table
from bench.measure import CommandFailedError
from preview import claims, in_process, project_file, stack_file
from preview.analyzer import Analyzer, PackHost

RUNS, TENANTS = 3, 10


def seconds(folder: Path, runs: int = RUNS) -> tuple[float, ...]:
    """Return the seconds of all claims of a program's dev stack in each of several first previews.

    All by one server of the pack, so that the first is cold and the others are warm. CommandFailedError where a claim
    does not hold, whose time would say nothing.
    """
    context = stack_file.load(project_file.load_program(folder), "dev")
    found = []
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "proofs.json"
        host = PackHost(environment={claims.VARIABLE: str(report)})
        with Analyzer(tenants.PACK, stack="dev", project=context.project, config=context.config, host=host) as server:
            for number in range(runs):
                in_process.run(folder, packs=[server])
                results = claims.read(report, dry_run=True)
                failed = [claim["id"] for claim in results if claim["verdict"] not in {"proved", "possible"}]
                if failed or not results:
                    raise CommandFailedError(f"claims that do not hold: {', '.join(failed) or 'none was decided'}")
                found.append(sum(claim["milliseconds"] for claim in results) / 1000)
                sys.stderr.write(f"claims of {folder.name}, run {number + 1} of {runs}: {found[-1]:.1f} s\n")
    return tuple(found)


def _of_tenants(odd: int) -> tuple[float, ...]:
    """Return the warm seconds of ten tenants, of whom so many differ in what their person carries."""
    with tempfile.TemporaryDirectory(prefix="tenants-") as name:
        tenants.write_program(Path(name), TENANTS, odd=odd)
        return seconds(Path(name))[1:]


def measure() -> list[Measured]:
    """Return the figures."""
    cold, *warm = seconds(tenants.ROOT, RUNS + 1)
    same, differing = _of_tenants(0), _of_tenants(1)
    cost = tuple(more - statistics.median(same) for more in differing)
    return [
        Measured(name="all claims", of="the dev stack, warm", values=tuple(warm), unit="s", bound=2),
        Measured(
            name="all claims", of="the dev stack, a pack that has just started", values=(cold,), unit="s", bound=4
        ),
        Measured(name="all claims", of=f"{TENANTS} tenants that are alike, warm", values=same, unit="s", bound=2),
        Measured(
            name="a tenant among them that differs", of="in what its person carries", values=cost, unit="s", bound=2
        ),
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(measure())) + "\n")
