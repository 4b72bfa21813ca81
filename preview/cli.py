"""The command line: what to run, what to show, and the exit code.

Exit code 0: nothing to object to; 1: a policy is violated; 2: the program, the configuration, a pack or the preview
itself failed.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from preview.state import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from preview.run import Plan

CLEAN, VIOLATED, FAILED = 0, 1, 2
ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "Example: python -m preview --stack dev --mode both --json preview.json"


class Mode(StrEnum):
    """Which runs to make."""

    FIRST = "first"
    DEPLOYED = "deployed"
    BOTH = "both"


ProgramOption = Annotated[Path, typer.Option(help="Folder of the Pulumi program.", show_default="this repository")]
PackOption = Annotated[
    list[Path] | None,
    typer.Option(help="Folder of a policy pack; may be given more than once.", show_default="policy_pack here"),
]
StackOption = Annotated[str, typer.Option(help="Stack to preview: Pulumi.<stack>.yaml.")]
ModeOption = Annotated[Mode, typer.Option(help="A first preview (ids unknown), as deployed (stand-in ids), or both.")]
PolicyConfigOption = Annotated[
    Path | None, typer.Option(help="JSON file of policy configuration, as for `pulumi preview`.")
]
FixturesOption = Annotated[
    Path | None, typer.Option(help="JSON file that answers lookups, reads and stack references.")
]
JsonOption = Annotated[Path | None, typer.Option(help="Write the report for machines to this file.")]
TimeoutOption = Annotated[
    float,
    typer.Option(
        min=1,
        envvar="PREVIEW_TIMEOUT",
        help="Seconds after which a program that registers nothing and does not end, or a pack that does not answer,"
        " is stopped.",
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="List every modelled value and log line.")]
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(epilog=EXAMPLE)
def preview(  # noqa: PLR0913, PLR0917  one parameter an option of the command
    program: ProgramOption = ROOT,
    policy_pack: PackOption = None,
    stack: StackOption = "dev",
    mode: ModeOption = Mode.BOTH,
    policy_pack_config: PolicyConfigOption = None,
    fixtures: FixturesOption = None,
    json: JsonOption = None,
    timeout: TimeoutOption = PATIENCE_SECONDS,
    verbose: VerboseOption = False,  # noqa: FBT002  typer reads the default
) -> None:
    """Run a Pulumi program through its policy packs without a cloud and without the Pulumi CLI.

    Unlike `pulumi up`, the run as deployed goes on after a mandatory violation of a resource rule, so that one run
    shows every violation; `up` stops there and creates nothing that depends on the resource.

    Exit code 0: clean; 1: a mandatory policy is violated; 2: program, configuration, pack or preview failed.
    """
    from preview import json_report  # noqa: PLC0415  --help must not wait for the SDK
    from preview.errors import PreviewError  # noqa: PLC0415  as above

    try:
        if json is not None:
            json_report.check_writable(json)
        packs = policy_pack if policy_pack is not None else [ROOT / "policy_pack"]
        plan = replace(_plan(program, stack, packs, policy_pack_config, fixtures), patience=timeout)
        modes = ["first", "deployed"] if mode is Mode.BOTH else [mode.value]
        code = _execute(plan, modes, json, verbose=verbose)
    except PreviewError as error:
        _say(error.message)
        code = FAILED
    raise typer.Exit(code)


def _plan(program: Path, stack: str, packs: Sequence[Path], policy_config: Path | None, fixtures: Path | None) -> Plan:
    from preview import fixtures as fixture_file  # noqa: PLC0415  --help must not wait for the SDK
    from preview import project_file, stack_file  # noqa: PLC0415  as above
    from preview.run import Plan, load_policy_config  # noqa: PLC0415  as above

    project = project_file.load_program(program.resolve())
    for pack in packs:
        project_file.load_pack(pack.resolve())
    return Plan(
        project=project,
        context=stack_file.load(project, stack),
        packs=[pack.resolve() for pack in packs],
        policy_config=load_policy_config(policy_config),
        fixtures=fixture_file.load(fixtures) if fixtures else fixture_file.Fixtures(),
    )


def _execute(plan: Plan, modes: Sequence[str], json: Path | None, *, verbose: bool) -> int:
    from preview import both_runs, json_report, report  # noqa: PLC0415  --help must not wait for the SDK
    from preview.errors import Phase, PreviewError  # noqa: PLC0415  as above
    from preview.progress import Progress  # noqa: PLC0415  as above

    with Progress(modes) as progress:
        results = both_runs.execute(plan, modes, progress.update)
    if json is not None:
        json_report.write(json, json_report.document(plan.context, results))
    try:
        report.Report(plan.context, results, verbose=verbose).write(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough; the verdict stands
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise PreviewError(Phase.REPORT, f"the report cannot be written: {error.strerror or error}") from None
    if any(result.error for result in results.values()):
        return FAILED
    return VIOLATED if any(report.is_violated(result) for result in results.values()) else CLEAN


def _say(message: str) -> None:
    sys.stderr.write(f"error: {message}\n")
    sys.stderr.flush()


def main() -> None:
    """Run the command."""
    app(prog_name="python -m preview")
