"""YAML as the CLI reads it: no repeated keys, only true and false are truth values, and numbers as Go writes them.

The rules are those of gopkg.in/yaml.v3, `resolve.go`, which the CLI uses.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from preview.errors import PreviewError, said

if TYPE_CHECKING:
    from pathlib import Path

    from preview.errors import Phase

MOST_BYTES = 4_000_000
"""Of a file: a stack of ten thousand tenants has a quarter of it."""
MOST_VALUES = 1_000_000
HINTS = {
    "expected <block end>": "a line is indented otherwise than those beside it",
    "mapping values are not allowed here": "write ': ' behind the key above, or put text that holds ': ' in quotes",
    "cannot start any token": "indent with spaces, and put text that begins with a sign in quotes",
    "could not find expected ':'": "write ': ' between a key and its value",
    "found undefined alias": "put text that begins with * in quotes",
    "expected ',' or ']'": "close the list with ]",
    "expected ',' or '}'": "close the mapping with }",
}
"""What to do about faults that PyYAML names by the parts of its grammar."""


class _Loader(yaml.SafeLoader):
    """Safe loading without YAML 1.1's yes, no, on and off."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  the base class's signature
        """Refuse a key that stands twice."""
        seen: dict[Any, yaml.Mark] = {}
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            key = str(key) if isinstance(key, (int, float)) else key
            if isinstance(key, (dict, list)):
                raise yaml.constructor.ConstructorError(
                    None, None, "a list or a mapping is no key; write text", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice, first at line {seen[key].line + 1}", key_node.start_mark
                )
            seen[key] = key_node.start_mark
        return super().construct_mapping(node, deep)


def _as_go_writes(loader: _Loader, node: yaml.ScalarNode) -> str:
    """Return a date as the CLI passes it on, such as ``2026-01-02 00:00:00 +0000 UTC``; text that is none as it is."""
    try:
        value = loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(node.value)
    if not isinstance(value, dt.datetime):
        return f"{value.isoformat()} 00:00:00 +0000 UTC"
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    offset = value.strftime("%z") or "+0000"
    zone = "UTC" if offset == "+0000" else offset
    return f"{value:%Y-%m-%d %H:%M:%S}{fraction} {offset} {zone}"


def _whole(_loader: _Loader, node: yaml.ScalarNode) -> int | float | str:
    """Read a whole number; beyond 64 bits it is a float, as in Go, and text where no float holds it."""
    text = str(node.value).replace("_", "")
    sign, digits = (text[:1], text[1:]) if text[:1] in "+-" else ("", text)
    if re.fullmatch("0[0-7]+", digits):
        digits = f"0o{digits[1:]}"
    try:
        number = int(f"{sign}{digits}", 0)
        return number if -(2**63) <= number < 2**64 else float(number)
    except (ValueError, OverflowError):  # more digits than Python reads, or than a float holds
        return str(node.value)


def _float(_loader: _Loader, node: yaml.ScalarNode) -> float | str:
    """Read a float; one that no float can hold stays text, infinities and NaN are refused as JSON refuses them."""
    text = str(node.value).replace("_", "")
    if text.lstrip("+-").lower() in (".inf", ".nan"):
        raise yaml.constructor.ConstructorError(
            None, None, f"{text} is not a value that JSON can hold", node.start_mark
        )
    number = float(text)
    return number if math.isfinite(number) else str(node.value)


_DROPPED = ("bool", "int", "float", "timestamp")
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_go_writes)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:float", _float)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[-1] not in _DROPPED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:timestamp",
    re.compile(
        r"^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d\d:\d\d(?:\.\d+)?)?$"
    ),
    list("0123456789"),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile("^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$"),
    list("-+0123456789"),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"^(?:[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
    ),
    list("-+.0123456789"),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def read_yaml(path: Path, phase: Phase) -> dict[str, Any]:
    """Read a YAML mapping; raise PreviewError with line and column when it does not parse."""
    text = _text(path, phase)
    try:
        document = yaml.load(text, _Loader)  # noqa: S506  the loader is a safe one
        heavy = _values(document, {}) > MOST_VALUES
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = error.problem or error.context or ""
        raise PreviewError(phase, f"{path} does not parse as YAML{place}: {problem}{_hint(problem)}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = f"the character U+{ord(text[error.position]):04X} has no place in YAML"
        raise PreviewError(phase, f"{path} does not parse as YAML at line {line}: {problem}; remove it") from None
    except yaml.YAMLError as error:
        raise PreviewError(phase, f"{path} does not parse as YAML: {error}") from None
    except RecursionError:
        raise PreviewError(phase, f"{path}: lists and mappings are nested too deeply to be read") from None
    if heavy:
        raise PreviewError(phase, f"{path} holds more than {MOST_VALUES:,} values once its aliases are written out")
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise PreviewError(phase, f"{path} must hold a mapping of keys, such as config:, not {_kind(document)}")
    return document


def _text(path: Path, phase: Phase) -> str:
    """Return what a file holds; raise PreviewError where it cannot be read, is too large or no UTF-8."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PreviewError(phase, f"{path} has {size:,} bytes, and at most {MOST_BYTES:,} are read: is it YAML?")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PreviewError(phase, f"{path} cannot be read: {said(error)}") from None


def _hint(problem: str) -> str:
    """Return what to do about a fault that the parser names by its own parts."""
    return next((f"; {hint}" for part, hint in HINTS.items() if part in problem), "")


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "a single value"


def _values(value: object, known: dict[int, int]) -> int:
    """Count the values of a tree with aliases written out; what holds itself has too many."""
    if not isinstance(value, (dict, list)):
        return 1
    if id(value) not in known:
        known[id(value)] = MOST_VALUES + 1
        below = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_values(each, known) for each in below)
    return known[id(value)]
