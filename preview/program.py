"""The program under preview, as a child process that talks to the monitor and the engine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from preview.monitor import PARALLEL
from preview.processes import Child

if TYPE_CHECKING:
    from collections.abc import Callable

    from preview.project_file import ProgramProject
    from preview.servers import Servers
    from preview.state import StackContext

SAID_SO = 32  # the exit code of a program that has told the engine why it failed
HOST = Path(__file__).with_name("program_host.py")


def start(
    project: ProgramProject,
    context: StackContext,
    servers: Servers,
    *,
    dry_run: bool,
    on_line: Callable[[str, str], None],
) -> Child:
    """Start the program; what it prints goes to `on_line` as (stream, line)."""
    argument = {
        "monitor": servers.monitor_address,
        "engine": servers.engine_address,
        "project": context.project,
        "stack": context.stack,
        "organization": context.organization,
        "root": str(project.directory),
        "main": str(project.main),
        "dry_run": dry_run,
        "parallel": PARALLEL,
    }
    child = Child(
        [project.interpreter, str(HOST), json.dumps(argument)],
        cwd=project.main if project.main.is_dir() else project.main.parent,
        env=environment(context, dry_run=dry_run),
        on_line=on_line,
        watched=True,
    )
    child.pump("stdout", "stderr")
    return child


def environment(context: StackContext, *, dry_run: bool) -> dict[str, str]:
    """Return the environment of a program: this one's, with the stack's configuration in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_CONFIG")}
    return {
        **kept,
        "PULUMI_CONFIG": json.dumps(dict(context.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(context.secret_keys)),
        "PULUMI_PROJECT": context.project,
        "PULUMI_STACK": context.stack,
        "PULUMI_ORGANIZATION": context.organization,
        "PULUMI_DRY_RUN": "true" if dry_run else "false",
    }
