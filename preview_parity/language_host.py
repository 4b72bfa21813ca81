"""The language host that the real engine runs the program with: each run is a child process of its own.

The engine is started with ``--client <address>`` and then asks this server instead of a plugin on disk. The child is
Pulumi's own ``pulumi-language-python-exec``, which comes with every engine, so nothing of the preview runs the program.
"""

from __future__ import annotations

import json
import os
from concurrent import futures
from typing import TYPE_CHECKING, Self

import grpc
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from preview.processes import Child
from preview.wire import Message, empty_pb2

if TYPE_CHECKING:
    from pathlib import Path

    from preview.project_file import ProgramProject

SAID_SO = 32  # the executor's exit code for "the program failed and has told the engine why"
PARALLEL = 64


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Serves one program while the block lasts; `address` is where.

    `said` is what the program printed, `config` what the engine handed to it last.
    """

    def __init__(self, project: ProgramProject, executor: Path) -> None:
        self.said: list[str] = []
        self.config: dict[str, str] = {}
        self._children: list[Child] = []
        self._project = project
        self._executor = executor
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
        language_pb2_grpc.add_LanguageRuntimeServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:  # one that failed may wait for an engine that is gone
            child.stop()
        self._server.stop(0)

    def Handshake(self, _request: Message, _context: object) -> language_pb2.LanguageHandshakeResponse:  # noqa: N802  the protocol's name
        """Accept the engine."""
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, _request: Message, _context: object) -> plugin_pb2.PluginInfo:  # noqa: N802  the protocol's name
        """Name no version."""
        return plugin_pb2.PluginInfo()

    def About(self, _request: Message, _context: object) -> language_pb2.AboutResponse:  # noqa: N802  the protocol's name
        """Name the interpreter."""
        return language_pb2.AboutResponse(executable=self._project.interpreter)

    def GetRequiredPackages(self, _request: Message, _context: object) -> language_pb2.GetRequiredPackagesResponse:  # noqa: N802  the protocol's name
        """Ask for no plugin: providers are attached."""
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, _request: Message, _context: object) -> language_pb2.GetRequiredPluginsResponse:  # noqa: N802  the protocol's name
        """Ask for no plugin: providers are attached."""
        return language_pb2.GetRequiredPluginsResponse()

    def Cancel(self, _request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Take note; the program ends when its monitor does."""
        return empty_pb2.Empty()

    def Run(self, request: Message, _context: object) -> language_pb2.RunResponse:  # noqa: N802  the protocol's name
        """Run the program to its end."""
        self.config = dict(request.config)
        main = self._project.main
        child = Child(
            [self._project.interpreter, "-u", str(self._executor), *self._arguments(request)],
            cwd=main if main.is_dir() else main.parent,
            env=_environment(request),
            on_line=lambda _stream, line: self.said.append(line),
        )
        self._children.append(child)
        child.pump("stdout", "stderr")
        code = child.wait()
        if code == 0:
            return language_pb2.RunResponse()
        if code == SAID_SO:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"Program exited with non-zero exit code: {code}")

    def _arguments(self, request: Message) -> list[str]:
        main = self._project.main
        flags = {
            "monitor": request.monitor_address,
            "engine": request.args[0],
            "project": request.project,
            "root_directory": str(self._project.directory),
            "stack": request.stack,
            "organization": request.organization,
            "pwd": str(main if main.is_dir() else main.parent),
            "dry_run": "true" if request.dryRun else "false",
            "parallel": str(min(request.parallel, PARALLEL)),
        }
        return [*(f"--{name}={value}" for name, value in flags.items()), str(main)]


def _environment(request: Message) -> dict[str, str]:
    """Return what the Python language host exports for the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_CONFIG")}
    return {
        **kept,
        "PULUMI_CONFIG": json.dumps(dict(request.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        "PULUMI_PROJECT": request.project,
        "PULUMI_STACK": request.stack,
        "PULUMI_ORGANIZATION": request.organization,
        "PULUMI_DRY_RUN": "true" if request.dryRun else "false",
    }
