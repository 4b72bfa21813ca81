"""One case, run by both engines: what each showed, ready to be compared."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from preview import project_file, stack_file
from preview.fixtures import Fixtures
from preview.run import DEPLOYED, FIRST, Plan, Run, RunResult
from preview_parity import comparison, observation
from preview_parity.real_engine import EngineResult, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from preview_parity.engine_build import Engine

ECHO_LOG = "ECHO_LOG"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A program, one of its stacks, and the packs that judge it; every pack gets the same policy config."""

    project: Path
    packs: Sequence[Path]
    stack: str = "dev"
    policy_config: Mapping[str, Any] = field(default_factory=dict)
    fixtures: Fixtures = field(default_factory=Fixtures)
    packages: Sequence[str] = ("aws",)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What both engines showed of one case."""

    real: observation.Observation
    stand_in: observation.Observation
    result: EngineResult
    run: RunResult

    def differences(self) -> list[str]:
        """Return in words where the two differ."""
        return comparison.differences(self.real, self.stand_in)


def workspace(engine: Engine, case: Case, folder: Path) -> Workspace:
    """Return a prepared workspace of the real engine in an empty folder."""
    made = Workspace(
        engine=engine,
        folder=folder,
        project=case.project,
        stack=case.stack,
        fixtures=case.fixtures,
        packages=case.packages,
        packs=[(pack, case.policy_config) for pack in case.packs],
        environment={ECHO_LOG: str(folder / "real.jsonl")},
    )
    made.prepare()
    return made


def first_preview(engine: Engine, case: Case, folder: Path) -> Pair:
    """Preview a stack that does not exist yet, with both."""
    result = workspace(engine, case, folder).preview()
    run, echoes = stand_in(case, FIRST, folder / "preview.jsonl")
    return Pair(
        real=observation.of_preview(result, observation.echoes_of(folder / "real.jsonl")),
        stand_in=observation.of_stand_in(run, echoes, hide_secrets=True),
        result=result,
        run=run,
    )


def as_deployed(engine: Engine, case: Case, folder: Path) -> Pair:
    """Deploy a stack with the real engine, and run it with the preview as if it were deployed."""
    made = workspace(engine, case, folder)
    result = made.up()
    run, echoes = stand_in(case, DEPLOYED, folder / "preview.jsonl")
    return Pair(
        real=observation.of_update(result, made.export(), observation.echoes_of(folder / "real.jsonl")),
        stand_in=observation.of_stand_in(run, echoes, hide_secrets=False),
        result=result,
        run=run,
    )


def stand_in(case: Case, mode: str, log: Path) -> tuple[RunResult, list[dict[str, Any]]]:
    """Run a case with the preview; return what came of it and what the echo packs wrote to `log`."""
    project = project_file.load_program(case.project.resolve())
    plan = Plan(
        project=project,
        context=stack_file.load(project, case.stack),
        packs=[pack.resolve() for pack in case.packs],
        policy_config=case.policy_config,
        fixtures=case.fixtures,
    )
    with _variable(ECHO_LOG, str(log)):
        run = Run(plan, mode).execute()
    return run, observation.echoes_of(log)


@contextlib.contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
