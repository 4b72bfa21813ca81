"""The engine service: log lines of the program and of hooks, and the root resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from preview.wire import Message, empty_pb2

if TYPE_CHECKING:
    from collections.abc import Callable

SEVERITIES = {
    engine_pb2.DEBUG: "debug",
    engine_pb2.INFO: "info",
    engine_pb2.WARNING: "warning",
    engine_pb2.ERROR: "error",
}


class Engine(engine_pb2_grpc.EngineServicer):
    """Passes log lines to `on_log` as (severity, message, urn); errors are also kept."""

    def __init__(self, on_log: Callable[[str, str, str], None]) -> None:
        self.errors: list[str] = []
        self._on_log = on_log
        self._root = ""

    def Log(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Take one log line."""
        severity = SEVERITIES.get(request.severity, "info")
        if severity == "error":
            self.errors.append(request.message)
        if severity != "debug" and not request.ephemeral:
            self._on_log(severity, request.message, request.urn)
        return empty_pb2.Empty()

    def GetRootResource(self, _request: Message, _context: object) -> engine_pb2.GetRootResourceResponse:  # noqa: N802  the protocol's name
        """Return the URN of the root resource."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def SetRootResource(self, request: Message, _context: object) -> engine_pb2.SetRootResourceResponse:  # noqa: N802  the protocol's name
        """Set the URN of the root resource."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def StartDebugging(self, _request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Take note of a debugger; nothing waits for it."""
        return empty_pb2.Empty()

    def RequirePulumiVersion(self, _request: Message, _context: object) -> engine_pb2.RequirePulumiVersionResponse:  # noqa: N802  the protocol's name
        """Accept every version that a program requires: there is no CLI here to be too old."""
        return engine_pb2.RequirePulumiVersionResponse()
