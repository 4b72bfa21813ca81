"""Reading a property of a resource: present, absent or unknown, and never an exception.

What the engine hands over is a proxy that raises `UnknownValueError` as soon as an unknown is touched, even by ``in``
or ``get``; the SDK turns that into an advisory line and the rule has judged nothing. Here every key and index is read
on its own, so that an unknown is a value like another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias, TypeGuard

from pulumi_policy.proxy import UnknownValueError

Wire: TypeAlias = Any
"""A value as it came over the wire, or plain Python made from one: dict, list, str, float, bool, None or an asset."""


class State(Enum):
    """What can be said about a property."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Unknown(Enum):
    """Stands inside a plain value where the engine does not know yet."""

    VALUE = "not known yet"


UNKNOWN: Final = Unknown.VALUE


class MalformedError(Exception):
    """A property has a shape that its type never has; the rule that reads it reports a violation."""


@dataclass(frozen=True)
class Reading:
    """What was found at a wire path.

    `path` is the path that the rule asked for, `where` the place of this value with list indices, such as
    ``ingress[0].fromPort``. `value` is plain Python (dict, list, str, float, bool or an asset), `None` unless present;
    unknown parts inside it are `UNKNOWN`.
    """

    path: str
    where: str
    state: State
    value: Wire = None

    @property
    def present(self) -> bool:
        """Whether the property is given and known."""
        return self.state is State.PRESENT

    @property
    def absent(self) -> bool:
        """Whether the property is left out or null."""
        return self.state is State.ABSENT

    @property
    def unknown(self) -> bool:
        """Whether the value is not known yet, as a whole or in a part."""
        return self.state is State.UNKNOWN or has_unknown(self.value)

    @property
    def given(self) -> bool:
        """Whether the program said anything here, known or not; an empty text, list or object says nothing.

        An unknown may still turn out null: the same rule runs again at the update, where null counts as absent.
        """
        return self.state is State.UNKNOWN or (self.present and not says_nothing(self.value))

    def flag(self) -> bool | None:
        """Return a boolean that may arrive as text; `None` where absent or unknown."""
        return as_flag(self.value) if self.present else None

    def decoded(self) -> Reading:
        """Return the reading with JSON text decoded; provider settings arrive as such."""
        if not (self.present and isinstance(self.value, str)):
            return self
        try:
            value = json.loads(self.value)
        except ValueError:
            return self
        if value is None:
            return Reading(self.path, self.where, State.ABSENT)
        return Reading(self.path, self.where, State.PRESENT, value)


def as_flag(value: Wire) -> bool | None:
    """Return True or False for a boolean or its text, else None."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


def as_list(value: Wire) -> list[Wire]:
    """Return a list: a single value becomes a list of one, None an empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def says_nothing(value: Wire) -> bool:
    """Return whether a value is null, an empty text or object, or a list of nothing but such."""
    if isinstance(value, list):
        return all(says_nothing(part) for part in value)
    return value is None or value in ("", {})


def has_unknown(value: Wire) -> bool:
    """Return whether a plain value is or holds an unknown."""
    if isinstance(value, dict):
        return any(has_unknown(part) for part in value.values())
    if isinstance(value, list):
        return any(has_unknown(part) for part in value)
    return value is UNKNOWN


def plain(value: Wire) -> Wire:
    """Return proxies as plain dicts and lists in which unknowns are `UNKNOWN`."""
    if isinstance(value, Mapping):
        return {key: plain(_item(value, key)) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(_item(value, index)) for index in range(len(value))]
    return value


def read(props: Mapping[str, Any], path: str) -> Reading:
    """Return what stands at a wire path without lists, such as ``vpcConfig.subnets``.

    A block that arrives as a list of one is read like the block itself.
    """
    found = read_each(props, path)
    if len(found) > 1:
        raise MalformedError(f"{path} stands {len(found)} times where there is only one")
    return found[0] if found else Reading(path, path, State.ABSENT)


def read_each(props: Mapping[str, Any], path: str) -> list[Reading]:
    """Return one reading for each value at a wire path in which ``[]`` marks lists; none where a list is absent.

    A single value in place of a list is a list of one; an unknown on the way is one unknown reading.
    """
    steps = path.split(".")
    return _walk(props, steps, path, "")


def _walk(value: Wire, steps: list[str], path: str, where: str) -> list[Reading]:
    if value is UNKNOWN:
        return [Reading(path, where, State.UNKNOWN)]
    if not steps:
        state = State.ABSENT if value is None else State.PRESENT
        return [Reading(path, where, state, plain(value))]
    if value is None:
        return [] if any(step.endswith("[]") for step in steps) else [Reading(path, where, State.ABSENT)]
    if _is_list(value):
        return [found for index in range(len(value)) for found in _walk(_item(value, index), steps, path, where)]
    return _step(value, steps, path, where)


def _step(value: Wire, steps: list[str], path: str, where: str) -> list[Reading]:
    if not isinstance(value, Mapping):
        raise MalformedError(f"{where} is no object, so {path} cannot be read")
    name, rest = steps[0].removesuffix("[]"), steps[1:]
    below = f"{where}.{name}" if where else name
    inner = _item(value, name)
    if inner is UNKNOWN or not steps[0].endswith("[]"):
        return _walk(inner, rest, path, below)
    elements = [_item(inner, at) for at in range(len(inner))] if _is_list(inner) else as_list(inner)
    return [found for at, element in enumerate(elements) for found in _walk(element, rest, path, f"{below}[{at}]")]


def _is_list(value: Wire) -> TypeGuard[Sequence[Wire]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _item(container: Wire, key: str | int) -> Wire:
    """Return an item: `UNKNOWN` where it is not known, None where there is none."""
    try:
        return container[key]
    except UnknownValueError:
        return UNKNOWN
    except KeyError:
        return None
