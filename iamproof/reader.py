"""Reading JSON strictly: what is wrong is collected with its path, all at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any


class PolicyError(ValueError):
    """A document that is no policy; `problems` lists every fault as ``path: what, what is allowed``."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        """Make the message of all problems, one a line."""
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name = name
        self.problems = problems


class JsonObject(dict[str, Any]):
    """An object read from text in which keys were written twice."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) == len(pairs):
        return out
    counts = Counter(key for key, _ in pairs)
    noted = JsonObject(out)
    noted.repeated = tuple(key for key, count in counts.items() if count > 1)
    return noted


def repeated_keys(value: Any, path: str = "") -> list[tuple[str, str]]:  # noqa: ANN401  any JSON value
    """Return (path, key) of each key that `load_json` found written twice, at any depth."""
    if not path and not (isinstance(value, dict | list) and _has_repeated(value)):
        return []
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in repeated_keys(item, f"{path}[{index}]")]
    if not isinstance(value, dict):
        return []
    own = [(path, key) for key in getattr(value, "repeated", ())]
    inner = ((f"{path}.{key}" if path else key, item) for key, item in value.items() if isinstance(item, dict | list))
    return own + [found for place, item in inner for found in repeated_keys(item, place)]


def _has_repeated(value: dict[str, Any] | list[Any]) -> bool:
    """Whether there is such a key at all: far quicker than finding its path, and nearly always enough."""
    inner = value.values() if isinstance(value, dict) else value
    return isinstance(value, JsonObject) or any(_has_repeated(item) for item in inner if isinstance(item, dict | list))


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def load_json(text: str) -> Any:  # noqa: ANN401  JSON is of any type
    """Read JSON text, as `JsonObject` where keys are written twice; ValueError says what is wrong and where."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("is nested too deeply to be read") from None
    except ValueError as error:
        raise ValueError(f"is no JSON that can be read: {error}") from None


def shown(value: Any) -> str:  # noqa: ANN401  any JSON value may be given
    """Return the value for a message, cut short."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


class Problems:
    """Faults in the order in which they were found."""

    def __init__(self) -> None:
        """Start with none."""
        self.found: list[str] = []

    def add(self, path: str, text: str) -> None:
        """Record a fault at a path such as ``Statement[0].Action``."""
        self.found.append(f"{path}: {text}" if path else text)

    def mapping(self, value: Any, path: str, what: str) -> Mapping[str, Any] | None:  # noqa: ANN401  any JSON value
        """Return the value if it is an object with text keys, none of them written twice; else record why not."""
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            self.add(path, f"must be {what}, given {shown(value)}")
            return None
        for key in getattr(value, "repeated", ()):
            self.add(path, f"{key!r} is written twice: JSON would keep only the last one; write it once")
        return value

    def strings(self, value: Any, path: str, what: str) -> tuple[tuple[str, str], ...]:  # noqa: ANN401  any JSON value
        """Return (path, text) of a string or of each string in a list that is not empty; record what is neither."""
        if isinstance(value, str):
            return ((path, value),)
        if not isinstance(value, list | tuple):
            self.add(path, f"must be {what} or a list of them, given {shown(value)}")
            return ()
        if not value:
            self.add(path, f"is an empty list: write at least one of {what}")
        out: list[tuple[str, str]] = []
        for index, item in enumerate(value):
            if isinstance(item, str):
                out.append((f"{path}[{index}]", item))
            else:
                self.add(f"{path}[{index}]", f"must be {what}, given {shown(item)}")
        return tuple(out)
