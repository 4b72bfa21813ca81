"""YAML as the CLI reads it: no repeated keys, only true and false are truth values, and numbers as Go writes them.

The rules are those of gopkg.in/yaml.v3, `resolve.go`, which the CLI uses.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from preview.errors import PreviewError

if TYPE_CHECKING:
    from pathlib import Path

    from preview.errors import Phase


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


def _whole(_loader: _Loader, node: yaml.ScalarNode) -> int | float:
    """Read a whole number; beyond 64 bits it is a float, as in Go."""
    text = str(node.value).replace("_", "")
    sign, digits = (text[:1], text[1:]) if text[:1] in "+-" else ("", text)
    if re.fullmatch("0[0-7]+", digits):
        digits = f"0o{digits[1:]}"
    number = int(f"{sign}{digits}", 0)
    return number if -(2**63) <= number < 2**64 else float(number)


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
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PreviewError(phase, f"{path} cannot be read: {error}") from None
    try:
        document = yaml.load(text, _Loader)  # noqa: S506  the loader is a safe one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise PreviewError(phase, f"{path} does not parse as YAML{place}: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise PreviewError(phase, f"{path} does not parse as YAML: {error}") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise PreviewError(phase, f"{path} must hold a mapping, not {type(document).__name__}")
    return document
