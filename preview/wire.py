"""The protobuf modules that come without types, in one place."""

from __future__ import annotations

from typing import Any, TypeAlias

from google.protobuf import (  # type: ignore[import-untyped]  # no stubs are pinned for protobuf
    empty_pb2,
    json_format,
    struct_pb2,
)

Message: TypeAlias = Any  # the protocol checks what its messages hold; their stubs do not resolve

MESSAGE_BYTES = 400 * 1024 * 1024
CHANNEL_OPTIONS = [
    ("grpc.max_receive_message_length", MESSAGE_BYTES),
    ("grpc.max_send_message_length", MESSAGE_BYTES),
]  # what the SDK allows on its own side

__all__ = ["CHANNEL_OPTIONS", "Message", "empty_pb2", "json_format", "struct_pb2"]
