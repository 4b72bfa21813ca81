"""One run: the program in a child process, its packs beside it, and what came of it."""

from __future__ import annotations

import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preview import aws_model, claims, interruption, policy_config, program
from preview.analyzer import Analyzer, PackHost
from preview.deployment import Deployment, Stopped
from preview.engine import Engine
from preview.errors import Phase, PreviewError
from preview.lookups import Lookups
from preview.monitor import ResourceMonitor
from preview.servers import Servers
from preview.state import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from preview.fixtures import Fixtures
    from preview.pack_messages import Diagnostic
    from preview.processes import Child
    from preview.project_file import ProgramProject
    from preview.state import ModelledValue, StackContext, State

FIRST = "first"
DEPLOYED = "deployed"
MODES = (FIRST, DEPLOYED)
PROGRAM_SECONDS = 3600.0
FAILED_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be run: one program as one stack, through any number of packs.

    `patience` is the seconds without a sign of life after which the program, or a pack that is asked, is given up.
    """

    project: ProgramProject
    context: StackContext
    packs: Sequence[Path]
    policy_config: Mapping[str, Any]
    fixtures: Fixtures
    patience: float = PATIENCE_SECONDS


@dataclass(kw_only=True)
class RunResult:
    """What a run showed. `error` is None when program and packs came through."""

    mode: str
    states: Mapping[str, State] = field(default_factory=dict)
    diagnostics: Sequence[Diagnostic] = ()
    modelled: Sequence[ModelledValue] = ()
    not_modelled: Sequence[tuple[str, str]] = ()
    claims: Sequence[Mapping[str, Any]] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    log: Sequence[tuple[Phase, str]] = ()
    error: PreviewError | None = None
    seconds: float = 0.0


class Run:
    """A run in one mode; `on_progress` gets (mode, what happens now)."""

    def __init__(self, plan: Plan, mode: str, on_progress: Callable[[str, str], None] | None = None) -> None:
        self._plan = plan
        self._mode = mode
        self._dry_run = mode == FIRST
        self._progress = on_progress or (lambda _mode, _what: None)
        self._log: list[tuple[Phase, str]] = []
        self._packs: list[Analyzer] = []
        self._model = aws_model.AwsModel(plan.context, dry_run=self._dry_run)
        self._engine = Engine(
            lambda severity, message, _urn: self._log.append((Phase.PROGRAM, f"{severity}: {message}"))
        )
        self._ready = threading.Event()
        self._claims: list[dict[str, Any]] = []
        self._deployment = Deployment(
            plan.context, self._model, self._wait_for_packs, dry_run=self._dry_run, on_progress=self._on_resource
        )

    def execute(self) -> RunResult:
        """Run to the end and return what came of it; only interruption is raised."""
        began = time.monotonic()
        try:
            self._run()
        except PreviewError as error:
            self._deployment.fail(error.message, error.phase)
        except Stopped:
            pass
        deployment = self._deployment
        return RunResult(
            mode=self._mode,
            states=deployment.states,
            diagnostics=deployment.judgement.diagnostics,
            modelled=self._model.modelled,
            not_modelled=sorted(self._model.not_modelled.items()),
            outputs=deployment.stack_outputs or {},
            log=self._log,
            error=deployment.failure,
            claims=self._claims,
            seconds=time.monotonic() - began,
        )

    def _run(self) -> None:
        monitor = ResourceMonitor(self._deployment, Lookups(self._deployment, self._plan.fixtures))
        with ExitStack() as stack:
            proofs = claims.given() or _scratch(stack) / "proofs.json"
            began = time.time()
            servers = stack.enter_context(Servers(monitor, self._engine))
            starter = stack.enter_context(ThreadPoolExecutor(1))
            starting = starter.submit(self._start_packs, stack, servers, proofs)
            child = program.start(
                self._plan.project,
                self._plan.context,
                servers,
                dry_run=self._dry_run,
                on_line=self._hear(Phase.PROGRAM),
            )
            stack.callback(child.stop)
            self._progress(self._mode, "starting")
            starting.result()
            self._finish(child)
            self._claims = claims.read(proofs, dry_run=self._dry_run, since=began - 1)

    def _start_packs(self, stack: ExitStack, servers: Servers, proofs: Path) -> None:
        plan, context = self._plan, self._plan.context
        try:
            for directory in plan.packs:
                pack = Analyzer(
                    directory,
                    stack=context.stack,
                    project=context.project,
                    config=context.config,
                    dry_run=self._dry_run,
                    policy_config=plan.policy_config,
                    host=PackHost(
                        organization=context.organization,
                        secret_keys=context.secret_keys,
                        engine_address=servers.engine_address,
                        on_line=self._hear(Phase.PACK),
                        environment={claims.VARIABLE: str(proofs)},
                        patience=plan.patience,
                    ),
                )
                stack.callback(pack.close)
                pack.start()
                self._packs.append(pack)
        except PreviewError as error:
            self._deployment.fail(error.message, error.phase)
            raise
        finally:
            self._ready.set()

    def _wait_for_packs(self) -> Sequence[Analyzer]:
        self._ready.wait()
        self._deployment.check_running()
        return self._packs

    def _finish(self, child: Child) -> None:
        code = self._wait(child)
        self._deployment.check_running()
        if code == 0:
            self._progress(self._mode, "judging the stack")
            self._deployment.finish()
            return
        if code == program.SAID_SO and self._engine.errors:
            raise PreviewError(Phase.PROGRAM, self._engine.errors[-1])
        raise PreviewError(Phase.PROGRAM, _ended(code, list(child.errors)))

    def _wait(self, child: Child) -> int | None:
        """Wait for the program while it shows life, for a bounded time; shortly, once the run has failed."""
        deadline = time.monotonic() + PROGRAM_SECONDS
        patience = self._plan.patience
        while (code := child.wait(0.2)) is None:
            if self._deployment.failure is not None:
                deadline = min(deadline, time.monotonic() + FAILED_SECONDS)
            elif self._deployment.silent_seconds() > patience:
                self._deployment.fail(
                    f"the program neither registered anything nor ended for {patience:g} seconds and was stopped."
                    " Where it needs longer, pass --timeout SECONDS"
                )
                child.stop()
            if time.monotonic() > deadline:
                self._deployment.fail(f"the program did not end within {PROGRAM_SECONDS:.0f} seconds and was stopped")
                child.stop()
        return code

    def _hear(self, origin: Phase) -> Callable[[str, str], None]:
        return lambda _stream, line: self._log.append((origin, line))

    def _on_resource(self, count: int) -> None:
        self._progress(self._mode, f"{count} resources")


def _scratch(stack: ExitStack) -> Path:
    """Return a folder that goes away with the run, also when it is interrupted."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True)
    except OSError as error:
        raise PreviewError(
            Phase.REPORT, f"no temporary folder can be made: {error}. TMPDIR names another place"
        ) from None
    interruption.clean_up_with(folder.cleanup)
    return Path(stack.enter_context(folder))


def _ended(code: int | None, errors: list[str]) -> str:
    how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
    tail = "".join(f"\n    {line}" for line in errors[-15:])
    return f"the program {how} before it was done{tail and ' and wrote:'}{tail}"


def load_policy_config(path: Path | None) -> dict[str, Any]:
    """Read a ``--policy-pack-config`` file; {} when none is given."""
    if path is None:
        return {}
    return {
        name: {**setting.properties, **({"enforcementLevel": setting.level} if setting.level else {})}
        for name, setting in policy_config.load(path).items()
    }
