"""The two gRPC servers of a run, each with threads of its own.

They must not share threads: a log line blocks the program's event loop until the engine answers, while registrations
wait for transforms that run on that very loop.
"""

from __future__ import annotations

from concurrent import futures
from typing import TYPE_CHECKING, Self

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc

from preview.monitor import PARALLEL
from preview.wire import CHANNEL_OPTIONS

if TYPE_CHECKING:
    from preview.engine import Engine
    from preview.monitor import ResourceMonitor

MONITOR_THREADS = PARALLEL * 4 + 8
ENGINE_THREADS = 8


class Servers:
    """Serves a monitor and an engine on loopback while the block lasts."""

    def __init__(self, monitor: ResourceMonitor, engine: Engine) -> None:
        self._monitor_servicer = monitor
        self._monitor = _server(MONITOR_THREADS)
        self._engine = _server(ENGINE_THREADS)
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, self._monitor)
        engine_pb2_grpc.add_EngineServicer_to_server(engine, self._engine)
        self.monitor_address = f"127.0.0.1:{self._monitor.add_insecure_port('127.0.0.1:0')}"
        self.engine_address = f"127.0.0.1:{self._engine.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self) -> Self:
        self._monitor.start()
        self._engine.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._monitor.stop(0)
        self._engine.stop(0)
        self._monitor_servicer.close()


def _server(threads: int) -> grpc.Server:
    return grpc.server(futures.ThreadPoolExecutor(max_workers=threads), options=CHANNEL_OPTIONS)
