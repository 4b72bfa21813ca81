"""The provider that the real engine attaches: the preview's own model of providers, served over gRPC.

The engine finds it by ``PULUMI_DEBUG_PROVIDERS=<package>:<port>``. Checks and creations are answered by the same
functions as in the preview, lookups and reads from the same fixtures, so that the two engines can differ only in what
they do themselves. Each provider resource (default or explicit) is a connection of its own and keeps its configuration.
"""

from __future__ import annotations

import threading
from concurrent import futures
from typing import TYPE_CHECKING, Any, Self

import grpc
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from preview import urn as urns
from preview.state import Goal, State
from preview.values import Unknown, flat, from_struct, plain, revealed, to_struct
from preview.wire import Message, empty_pb2

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from preview.deployment import ProviderModel
    from preview.fixtures import Fixtures


class AttachedProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Serves while the block lasts, at `port`; `calls` lists (method, URN) in the order of arrival.

    `model` makes the model of a run, given whether it is a preview.
    """

    def __init__(self, model: Callable[[bool], ProviderModel], fixtures: Fixtures) -> None:
        self.calls: list[tuple[str, str]] = []
        self._models = {dry: model(dry) for dry in (True, False)}
        self._fixtures = fixtures
        self._configured: dict[str, State] = {}
        self._lock = threading.Lock()
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(self, self._server)
        self.port = self._server.add_insecure_port("127.0.0.1:0")

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop(0)

    def _note(self, method: str, urn: str) -> None:
        with self._lock:
            self.calls.append((method, urn))

    # Life

    def Handshake(self, _request: Message, _context: object) -> provider_pb2.ProviderHandshakeResponse:  # noqa: N802  the protocol's name
        """Take secrets as secrets and resources as ids, as providers bridged from Terraform do."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, _request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Take note of the engine."""
        return empty_pb2.Empty()

    def Cancel(self, _request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Take note; nothing here is long."""
        return empty_pb2.Empty()

    def GetPluginInfo(self, _request: Message, _context: object) -> plugin_pb2.PluginInfo:  # noqa: N802  the protocol's name
        """Name a version that any program accepts."""
        return plugin_pb2.PluginInfo(version="0.0.1")

    def GetSchema(self, _request: Message, _context: object) -> provider_pb2.GetSchemaResponse:  # noqa: N802  the protocol's name
        """Hand out a schema without types: nothing is generated from it."""
        return provider_pb2.GetSchemaResponse(schema='{"name": "attached", "version": "0.0.1"}')

    # Configuration

    def CheckConfig(self, request: Message, _context: object) -> provider_pb2.CheckResponse:  # noqa: N802  the protocol's name
        """Accept the configuration of a provider as it stands."""
        self._note("CheckConfig", request.urn)
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Message, _context: object) -> provider_pb2.DiffResponse:  # noqa: N802  the protocol's name
        """Say whether the configuration of a provider changed."""
        return _difference(from_struct(request.old_inputs), from_struct(request.news))

    def Configure(self, request: Message, context: grpc.ServicerContext) -> provider_pb2.ConfigureResponse:  # noqa: N802  the protocol's name
        """Keep the configuration of the provider that this connection stands for."""
        inputs = from_struct(request.args)
        goal = Goal(type=request.type, name=request.name, custom=True, properties=inputs)
        with self._lock:
            self._configured[context.peer()] = State(urn=request.urn, goal=goal, inputs=inputs, id=request.id)
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    # Resources

    def Check(self, request: Message, context: grpc.ServicerContext) -> provider_pb2.CheckResponse:  # noqa: N802  the protocol's name
        """Fill in what the provider fills in."""
        self._note("Check", request.urn)
        goal = _goal(request.urn, from_struct(request.news))
        model = self._models[True]
        return provider_pb2.CheckResponse(
            inputs=to_struct(flat(model.check(request.urn, goal, self._configured.get(context.peer()))))
        )

    def Diff(self, request: Message, _context: object) -> provider_pb2.DiffResponse:  # noqa: N802  the protocol's name
        """Say whether the inputs changed, but for what the program ignores."""
        self._note("Diff", request.urn)
        return _difference(from_struct(request.old_inputs), from_struct(request.news), set(request.ignoreChanges))

    def Create(self, request: Message, context: grpc.ServicerContext) -> provider_pb2.CreateResponse:  # noqa: N802  the protocol's name
        """Make a resource as the preview's model does."""
        self._note("Preview" if request.preview else "Create", request.urn)
        properties = from_struct(request.properties)
        goal = _goal(request.urn, properties)
        identity, outputs = self._models[request.preview].create(
            request.urn, goal, properties, self._configured.get(context.peer())
        )
        return provider_pb2.CreateResponse(
            id="" if isinstance(identity, Unknown) else identity, properties=to_struct(flat(outputs))
        )

    def Update(self, request: Message, context: grpc.ServicerContext) -> provider_pb2.UpdateResponse:  # noqa: N802  the protocol's name
        """Change a resource: its outputs are those of a new one with the new inputs."""
        self._note("Preview" if request.preview else "Update", request.urn)
        properties = from_struct(request.news)
        _, outputs = self._models[request.preview].create(
            request.urn, _goal(request.urn, properties), properties, self._configured.get(context.peer())
        )
        return provider_pb2.UpdateResponse(properties=to_struct(flat(outputs)))

    def Delete(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Forget a resource."""
        self._note("Delete", request.urn)
        return empty_pb2.Empty()

    def Read(self, request: Message, _context: object) -> provider_pb2.ReadResponse:  # noqa: N802  the protocol's name
        """Answer from the fixtures by URN or id; what the engine already has is returned as it is."""
        self._note("Read", request.urn)
        reads = self._fixtures.reads
        found = reads.get(request.urn, reads.get(request.id))
        properties = request.properties if found is None else to_struct(dict(found))
        return provider_pb2.ReadResponse(id=request.id, properties=properties, inputs=request.inputs)

    # Lookups

    def Invoke(self, request: Message, context: grpc.ServicerContext) -> provider_pb2.InvokeResponse:  # noqa: N802  the protocol's name
        """Answer a lookup from the fixtures."""
        self._note("Invoke", request.tok)
        answer: Mapping[str, Any] | None = self._fixtures.invokes.get(request.tok)
        if answer is None:
            context.abort(grpc.StatusCode.NOT_FOUND, f"no fixture answers {request.tok}")
        return provider_pb2.InvokeResponse(**{"return": to_struct(dict(answer or {}))})


def _goal(urn: str, properties: dict[str, Any]) -> Goal:
    values = {name: plain(value) for name, value in properties.items()}
    return Goal(type=urns.type_of(urn), name=urns.name_of(urn), custom=True, properties=values)


def _difference(
    old: dict[str, Any], new: dict[str, Any], ignored: frozenset[str] | set[str] = frozenset()
) -> provider_pb2.DiffResponse:
    changed = sorted(
        name
        for name in {*old, *new} - ignored
        if not name.startswith("__") and revealed(old.get(name)) != revealed(new.get(name))
    )
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE, diffs=changed
    )
