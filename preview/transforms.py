"""Transforms: functions of the program that change a registration or a lookup before the engine takes it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc, resource_pb2

from preview.errors import MonitorError
from preview.values import from_struct, to_struct
from preview.wire import CHANNEL_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable


class Callbacks:
    """Calls functions of the program by their tokens."""

    def __init__(self) -> None:
        self._channels: dict[str, grpc.Channel] = {}
        self._lock = threading.Lock()

    def invoke(self, callback: callback_pb2.Callback, request: bytes) -> bytes:
        """Call one function; raise MonitorError with the program's own message when it raises."""
        with self._lock:
            channel = self._channels.get(callback.target)
            if channel is None:
                channel = grpc.insecure_channel(callback.target, options=CHANNEL_OPTIONS)
                self._channels[callback.target] = channel
        stub: Any = callback_pb2_grpc.CallbacksStub(channel)
        try:
            answer = stub.Invoke(callback_pb2.CallbackInvokeRequest(token=callback.token, request=request))
        except grpc.RpcError as error:
            raise MonitorError(f"invoke transform: {error.details()}") from None
        return bytes(answer.response)

    def close(self) -> None:
        """Close the channels to the program."""
        for channel in self._channels.values():
            channel.close()


class Transforms:
    """The transforms of resources, of their ancestors and of the stack, in the order in which they run."""

    def __init__(self) -> None:
        self._callbacks = Callbacks()
        self._own: dict[str, list[callback_pb2.Callback]] = {}
        self._parents: dict[str, str] = {}
        self._stack: list[callback_pb2.Callback] = []
        self._invokes: list[callback_pb2.Callback] = []

    def add_stack_transform(self, callback: callback_pb2.Callback) -> None:
        """Add a transform of every resource that is registered from now on."""
        self._stack.append(callback)

    def add_invoke_transform(self, callback: callback_pb2.Callback) -> None:
        """Add a transform of every lookup from now on."""
        self._invokes.append(callback)

    def remember(self, urn: str, parent: str, own: Iterable[callback_pb2.Callback]) -> None:
        """Keep the transforms of a resource for its descendants."""
        self._parents[urn] = parent
        self._own[urn] = list(own)

    def run(
        self,
        request: resource_pb2.RegisterResourceRequest,
        properties: dict[str, Any],
        options: resource_pb2.TransformResourceOptions,
    ) -> tuple[dict[str, Any], resource_pb2.TransformResourceOptions]:
        """Run the resource's own transforms, then its ancestors', then the stack's."""
        callbacks = list(request.transforms)
        ancestor = request.parent
        while ancestor:
            callbacks += self._own.get(ancestor, [])
            ancestor = self._parents.get(ancestor, "")
        for callback in callbacks + list(self._stack):
            message = resource_pb2.TransformRequest(
                type=request.type,
                name=request.name,
                custom=request.custom,
                parent=request.parent,
                properties=to_struct(properties),
                options=options,
            )
            answer = resource_pb2.TransformResponse.FromString(
                self._callbacks.invoke(callback, message.SerializeToString())
            )
            if answer.HasField("properties"):
                properties = from_struct(answer.properties)
            if answer.HasField("options"):
                options = answer.options
        return properties, options

    def run_invoke(
        self, token: str, arguments: dict[str, Any], options: resource_pb2.TransformInvokeOptions
    ) -> tuple[dict[str, Any], resource_pb2.TransformInvokeOptions]:
        """Run the transforms of lookups."""
        for callback in list(self._invokes):
            message = resource_pb2.TransformInvokeRequest(token=token, args=to_struct(arguments), options=options)
            answer = resource_pb2.TransformInvokeResponse.FromString(
                self._callbacks.invoke(callback, message.SerializeToString())
            )
            if answer.HasField("args"):
                arguments = from_struct(answer.args)
            if answer.HasField("options"):
                options = answer.options
        return arguments, options

    def close(self) -> None:
        """Close the channels to the program."""
        self._callbacks.close()
