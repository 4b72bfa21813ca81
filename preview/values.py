"""Property values as the engine holds them, and their form on the wire.

A value is None, bool, float, str, list, dict, or one of the classes below. The signatures and sentinels are those of
the Pulumi protocol (`pulumi.runtime.rpc` and `pulumi_policy.deserialize` hold the same constants).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from preview.wire import struct_pb2

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = Any  # recursive, and never narrower at run time than what the wire carries

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  a published signature of the protocol, not a credential
REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNKNOWN_SENTINELS = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        UNKNOWN_STRING,
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)


@dataclass(frozen=True)
class Unknown:
    """A value that is decided only at the update; `sentinel` keeps the kind that the sender named."""

    sentinel: str = UNKNOWN_STRING


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Secret:
    """A value that must never be shown."""

    value: Value


@dataclass(frozen=True)
class Asset:
    """A file, text or archive; `fields` are the wire's own (`text`, `path`, `uri`, `assets`, `hash`)."""

    signature: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """A resource passed as a value. `id` is None for a component and UNKNOWN before creation."""

    urn: str
    id: str | Unknown | None = None
    version: str = ""


@dataclass(frozen=True)
class Output:
    """An output value: what transforms see, with the resources it came from."""

    value: Value
    known: bool
    secret: bool
    dependencies: tuple[str, ...]


def from_struct(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Read a property map from the wire."""
    return {key: from_wire(struct.fields[key]) for key in sorted(struct.fields)}


def from_wire(value: struct_pb2.Value) -> Value:
    """Read one value from the wire; raise ValueError for a signature that is not known."""
    match value.WhichOneof("kind"):
        case "bool_value":
            return value.bool_value
        case "number_value":
            return value.number_value
        case "string_value":
            text = value.string_value
            return Unknown(text) if text in UNKNOWN_SENTINELS else text
        case "list_value":
            return [from_wire(element) for element in value.list_value.values]
        case "struct_value":
            fields = from_struct(value.struct_value)
            return _recognised(fields) if SIGNATURE_KEY in fields else fields
        case _:
            return None


def _recognised(fields: dict[str, Any]) -> Value:
    signature = fields.pop(SIGNATURE_KEY)
    if signature == SECRET:
        return Secret(fields.get("value"))
    if signature == OUTPUT:
        return Output(
            fields.get("value"),
            known="value" in fields,
            secret=bool(fields.get("secret", False)),
            dependencies=tuple(fields.get("dependencies") or ()),
        )
    if signature == REFERENCE:
        return _reference(fields)
    if signature in (ASSET, ARCHIVE):
        return Asset(signature, fields)
    raise ValueError(f"unrecognized signature '{signature}' in property map")


def _reference(fields: dict[str, Any]) -> Reference:
    given = fields.get("id")
    if isinstance(given, Output):
        given = given.value if given.known else UNKNOWN
    identity = UNKNOWN if "id" in fields and (given == "" or isinstance(given, Unknown)) else given
    return Reference(fields["urn"], identity, fields.get("packageVersion") or "")


def plain(value: Value) -> Value:
    """Downgrade output values to what a provider would get: the value, UNKNOWN, or a secret of either."""
    if isinstance(value, Output):
        inner = plain(value.value) if value.known else UNKNOWN
        return Secret(inner) if value.secret else inner
    if isinstance(value, Secret):
        return Secret(plain(value.value))
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    return value


def flat(value: Value) -> Value:
    """Replace resource references by id, else URN, which is how packs and providers see them."""
    if isinstance(value, Reference):
        return value.urn if value.id is None else value.id
    if isinstance(value, Secret):
        return Secret(flat(value.value))
    if isinstance(value, list):
        return [flat(element) for element in value]
    if isinstance(value, dict):
        return {key: flat(element) for key, element in value.items()}
    return value


def revealed(value: Value) -> Value:
    """Strip secrets, keeping their values: for lookups inside the engine, never for a report."""
    if isinstance(value, Secret):
        return revealed(value.value)
    if isinstance(value, list):
        return [revealed(element) for element in value]
    if isinstance(value, dict):
        return {key: revealed(element) for key, element in value.items()}
    return value


def has_unknown(value: Value) -> bool:
    """Say whether any part of the value is unknown."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Output):
        return not value.known or has_unknown(value.value)
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, list):
        return any(has_unknown(element) for element in value)
    if isinstance(value, dict):
        return any(has_unknown(element) for element in value.values())
    return False


def to_struct(properties: Mapping[str, Any], *, skip_internal: bool = False) -> struct_pb2.Struct:
    """Write a property map to the wire; `skip_internal` leaves out top-level keys that begin with two underscores."""
    struct = struct_pb2.Struct()
    for key, value in properties.items():
        if not (skip_internal and key.startswith("__")):
            _fill(struct.fields[key], value)
    return struct


def _fill(target: struct_pb2.Value, value: Value) -> None:
    match value:
        case None:
            target.null_value = struct_pb2.NULL_VALUE
        case bool():
            target.bool_value = value
        case int() | float():
            target.number_value = value
        case str():
            target.string_value = value
        case list() | tuple():
            target.list_value.SetInParent()
            for element in value:
                _fill(target.list_value.values.add(), element)
        case dict():
            target.struct_value.SetInParent()
            for key, element in value.items():
                _fill(target.struct_value.fields[key], element)
        case _:
            _fill(target, _signed(value))


def _signed(value: Value) -> Value:
    match value:
        case Unknown():
            return value.sentinel
        case Secret():
            return {SIGNATURE_KEY: SECRET, "value": value.value}
        case Asset():
            return {SIGNATURE_KEY: value.signature, **value.fields}
        case Output():
            return {
                SIGNATURE_KEY: OUTPUT,
                **({"value": value.value} if value.known else {}),
                **({"secret": True} if value.secret else {}),
                **({"dependencies": list(value.dependencies)} if value.dependencies else {}),
            }
        case Reference():
            return {
                SIGNATURE_KEY: REFERENCE,
                "urn": value.urn,
                **({} if value.id is None else {"id": "" if isinstance(value.id, Unknown) else value.id}),
                **({"packageVersion": value.version} if value.version else {}),
            }
        case _:
            raise TypeError(f"{type(value).__name__} is not a property value")
