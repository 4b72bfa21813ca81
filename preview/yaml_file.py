"""YAML as the CLI reads it: no repeated keys, and only true and false are truth values."""

from __future__ import annotations

import datetime as dt
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
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice, first at line {seen[key].line + 1}", key_node.start_mark
                )
            seen[key] = key_node.start_mark
        return super().construct_mapping(node, deep)


def _as_go_writes(loader: _Loader, node: yaml.ScalarNode) -> str:
    """Return a date as the CLI passes it on, such as ``2026-01-02 00:00:00 +0000 UTC``."""
    value = loader.construct_yaml_timestamp(node)
    if not isinstance(value, dt.datetime):
        return f"{value.isoformat()} 00:00:00 +0000 UTC"
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    offset = value.strftime("%z") or "+0000"
    zone = "UTC" if offset == "+0000" else offset
    return f"{value:%Y-%m-%d %H:%M:%S}{fraction} {offset} {zone}"


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_go_writes)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[-1] != "bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
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
