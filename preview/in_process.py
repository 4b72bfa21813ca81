"""The same monitor, with the program inside the current process: for tests of whole programs.

Nothing of a run is left behind: configuration, root resource, settings, event loop, working directory, module search
path and the program's own modules are as they were before.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preview import aws_model, fixtures, program_host, project_file, stack_file
from preview.deployment import Deployment, Stopped
from preview.engine import Engine
from preview.errors import Phase, PreviewError
from preview.lookups import Lookups
from preview.monitor import PARALLEL, ResourceMonitor
from preview.program import environment
from preview.run import FIRST
from preview.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from preview.analyzer import Analyzer
    from preview.pack_messages import Diagnostic
    from preview.project_file import ProgramProject
    from preview.state import ModelledValue, StackContext, State


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The resources of a program by URN, its outputs, its log lines, what was modelled and what packs said."""

    states: Mapping[str, State]
    outputs: Mapping[str, Any]
    log: Sequence[str]
    modelled: Sequence[ModelledValue] = field(default_factory=tuple)
    diagnostics: Sequence[Diagnostic] = field(default_factory=tuple)

    def of_type(self, type_token: str) -> list[State]:
        """Return the resources of one type, by name."""
        return sorted((state for state in self.states.values() if state.type == type_token), key=lambda one: one.name)

    def named(self, name: str) -> State:
        """Return the one resource of a logical name; raise KeyError when there is none or several."""
        found = [state for state in self.states.values() if state.name == name]
        if len(found) != 1:
            raise KeyError(f"{len(found)} resources are named {name!r}")
        return found[0]


def run(
    program: Path | str,
    *,
    stack: str = "dev",
    mode: str = FIRST,
    config: Mapping[str, str] | None = None,
    given: fixtures.Fixtures | None = None,
    packs: Sequence[Analyzer] = (),
) -> Recording:
    """Run a program folder and return what it registered.

    `config` is laid over the stack's configuration, with full keys. What the program raises is raised here as it is; a
    registration that the engine refuses is a PreviewError.
    """
    project = project_file.load_program(Path(program).resolve())
    context = stack_file.load(project, stack)
    if config:
        context = type(context)(**{**vars(context), "config": {**context.config, **config}})
    dry_run = mode == FIRST
    model = aws_model.AwsModel(context, dry_run=dry_run)
    deployment = Deployment(context, model, lambda: packs, dry_run=dry_run)
    log: list[str] = []
    engine = Engine(lambda severity, message, _urn: log.append(f"{severity}: {message}"))
    with ExitStack() as cleanup:
        monitor = ResourceMonitor(deployment, Lookups(deployment, given or fixtures.Fixtures()))
        servers = cleanup.enter_context(Servers(monitor, engine))
        cleanup.enter_context(_surroundings(project, context, dry_run=dry_run))
        try:
            # A thread of its own keeps the event loop of the caller's thread as it is.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(contextvars.copy_context().run, _host, project, context, servers, dry_run).result()
        except Exception:
            if deployment.failure is not None:
                raise deployment.failure from None
            raise
        try:
            deployment.finish()
        except Stopped:
            raise (deployment.failure or PreviewError(Phase.PROGRAM, "the run has failed")) from None
    return _recording(deployment, model, log)


def _recording(deployment: Deployment, model: aws_model.AwsModel, log: Sequence[str]) -> Recording:
    return Recording(
        states=deployment.states,
        outputs=deployment.stack_outputs or {},
        log=log,
        modelled=model.modelled,
        diagnostics=deployment.judgement.diagnostics,
    )


def _host(project: ProgramProject, context: StackContext, servers: Servers, dry_run: bool) -> None:  # noqa: FBT001  passed through Context.run
    import pulumi  # noqa: PLC0415  slow, and not needed to run programs in processes of their own

    pulumi.runtime.set_all_config(dict(context.config), list(context.secret_keys))
    pulumi.runtime.settings.set_root_resource(None)  # type: ignore[arg-type]  # how the SDK itself clears it
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            monitor=servers.monitor_address,
            engine=servers.engine_address,
            project=context.project,
            stack=context.stack,
            organization=context.organization,
            root_directory=str(project.directory),
            parallel=PARALLEL,
            dry_run=dry_run,
        )
    )
    undo = program_host.spare_waits()
    loop = asyncio.new_event_loop()
    # Futures that nobody awaited die with their errors, long after the run; the run itself has told them.
    loop.set_exception_handler(lambda _loop, _context: None)
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(
            pulumi.runtime.run_in_stack(lambda: (runpy.run_path(str(project.main), run_name="__main__"), None)[1])
        )
    finally:
        undo()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


@contextmanager
def _surroundings(project: ProgramProject, context: StackContext, *, dry_run: bool) -> Iterator[None]:
    """Give the program its folder, path and environment, and take them back with every module that it imported."""
    before = (dict(os.environ), Path.cwd(), list(sys.path), list(sys.argv))
    hidden = _modules_like(project)
    for name in hidden:
        del sys.modules[name]
    os.environ.update(environment(context, dry_run=dry_run))
    os.chdir(project.main if project.main.is_dir() else project.main.parent)
    sys.argv = [str(project.main)]
    try:
        yield
    finally:
        for name in _modules_like(project):
            del sys.modules[name]
        sys.modules.update(hidden)
        os.environ.clear()
        os.environ.update(before[0])
        os.chdir(before[1])
        sys.path[:] = before[2]
        sys.argv[:] = before[3]


def _modules_like(project: ProgramProject) -> dict[str, Any]:
    """Return the loaded modules whose names the program's folder provides, so that it gets its own."""
    folder = project.main if project.main.is_dir() else project.main.parent
    own = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    own -= {"__main__", "conftest", __name__.split(".", 1)[0]}
    return {name: module for name, module in list(sys.modules.items()) if name.split(".", 1)[0] in own}
