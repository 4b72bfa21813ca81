"""What is wrong with settings, said so that it can be put right."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMESPACE: Final = "closed-sagemaker:"
"""The namespace of this project's keys, as it stands in the lines to write."""

NOTHING: Final = "nothing"
REMOVE: Final = "(remove it)"

Place = tuple[str | int, ...]
"""Where a value stands: the name of the top-level key without its namespace, then keys and list positions."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*|[0-9]+(\.[0-9]+){3}/[0-9]+")
_READ_OTHERWISE = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_LONGEST = 120
_BELOW = "\n" + " " * 13
_DEEPEST = 4


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem of a stack file; what to write may be several lines."""

    path: str
    given: str
    allowed: str
    why: str
    write: str

    def __str__(self) -> str:
        parts = (("given", self.given), ("allowed", self.allowed), ("why", self.why), ("write", self.write))
        told = (f"    {name:<8} {words}".replace("\n", _BELOW) for name, words in parts)
        return "\n".join([f"  {self.path}", *told])


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem before its place is written as a path; checks return these.

    An item of a list has no line of its own: `instead` is the item to write (None: leave it out), and the line, with
    all items put right, is written when every finding is known. `more` are further lines to write.
    """

    place: Place
    given: str
    allowed: str
    why: str
    write: str = ""
    instead: Any = None
    more: tuple[str, ...] = ()


class SettingsError(pulumi.RunError):
    """Settings are refused; the message lists every problem.

    It is a RunError, which the program must let pass: Pulumi's language host then prints the message alone, without a
    traceback, and ends the run with a failure. As settings are read first, nothing is registered.
    """

    def __init__(self, problems: Sequence[Problem], *, stack: str) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = [f"Pulumi.{text(stack)}.yaml has {count}; nothing was built.", *(str(each) for each in self.problems)]
        super().__init__("\n\n".join(lines))


class RefusedError(ValueError):
    """Raised by the check of a single value, with the value to write instead; what is None is said by the guide."""

    def __init__(self, why: str | None = None, *, allowed: str | None = None, instead: Any = None) -> None:  # noqa: ANN401  any value of a stack file
        super().__init__(why or "")
        self.why = why
        self.allowed = allowed
        self.instead = instead


def text(value: str) -> str:
    """Return a string that any terminal and any protocol can carry: what cannot be printed is escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in value
    )


def flow(value: Any, *, depth: int = 0) -> str:  # noqa: ANN401  whatever a stack file may hold
    """Return a value as one line of YAML, quoted where a reader would take it for something else."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _READ_OTHERWISE
        return value if plain else text(json.dumps(value, ensure_ascii=False))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each, depth=depth + 1)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each, depth=depth + 1) for each in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    try:
        return text(str(value))
    except ValueError:  # Python writes out no number of more than 4300 digits
        return "a number of thousands of digits"


def shown(value: Any) -> str:  # noqa: ANN401  whatever a stack file may hold
    """Return what was given, as one short line."""
    line = flow(value)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def line(key: str, value: Any) -> str:  # noqa: ANN401  whatever a stack file may hold
    """Return a line of YAML to write."""
    return f"{key}: {flow(value)}"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name that a slip of the keyboard may have meant."""
    return next(iter(difflib.get_close_matches(name[:_LONGEST].lower().replace("_", "-"), list(names), 1, 0.6)), None)
