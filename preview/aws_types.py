"""What the AWS SDK's own source says about a resource type: inputs, outputs, and the defaults its docstrings state.

The source is read as text, because importing the SDK takes seconds.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROPERTY = re.compile(
    r"    @_builtins\.property\n    @pulumi\.getter(?:\(name=\"(?P<wire>\w+)\"\))?\n"
    r"(?:    @_utilities\.deprecated\(.*\n)?"
    r"    def (?P<name>\w+)\(self\) -> (?P<type>.+):\n"
    r"(?:        \"\"\"\n(?P<doc>(?:.|\n)*?)\"\"\"\n)?"
)
_STATED = re.compile(
    r"(?:\bDefaults? (?:to|is|value is|value:|value of)|\bThe default(?: value)? is|\bDefault:?)\s+"
    r"(?P<value>`[^`]*`|\"[^\"]*\"|\d+)(?P<after>[^.;,)]*)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"`(?P<value>[^`]+)` \((?:the )?default\)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\bdefault(?:s|ed|ing)? (?:to|is|value)\b|\bdefault:|\bby default\b|\battaches the \[?default\b", re.IGNORECASE
)
_IMPORT = re.compile(r"\$ pulumi import (?P<token>\S+) \S+ (?P<id>.+)")
_CONDITION = re.compile(r"\b(?:when|if|for|unless|otherwise|only|on)\b", re.IGNORECASE)
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, kw_only=True)
class InputType:
    """An argument: `default` is the text that its docstring states, None where it states none without a condition.

    `conditional` says that the docstring speaks of a default that could not be read as a plain value.
    """

    required: bool
    default: str | None
    conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class OutputType:
    """An output: `kind` is str, bool, int, float, list, map or object; `optional` says that it may be missing."""

    optional: bool
    kind: str


@dataclass(frozen=True, kw_only=True)
class ResourceType:
    """A resource type by its wire names; `example_id` is the id with which its docstring imports one, "" for none."""

    token: str
    inputs: Mapping[str, InputType]
    outputs: Mapping[str, OutputType]
    example_id: str = ""


@cache
def version() -> str:
    """Return the version of the installed SDK, "" where there is none."""
    folder = _folder()
    if folder is None:
        return ""
    found = re.search(r'"version": "([^"]+)"', (folder / "pulumi-plugin.json").read_text(encoding="utf-8"))
    return found[1] if found else ""


@cache
def resource_type(token: str) -> ResourceType | None:
    """Read a type; None when the SDK does not know it."""
    path = _source(token)
    if path is None:
        return None
    kind = token.rsplit(":", 1)[-1]
    text = path.read_text(encoding="utf-8")
    arguments = _between(text, rf"class {kind}(?:Init)?Args:", "\n@pulumi.input_type")
    outputs = text[text.rindex("\n    def get(resource_name:") :] if "\n    def get(resource_name:" in text else ""
    required = set(re.findall(r"^\s+(\w+): pulumi\.Input\[.*\],?$", arguments.split(") ->", 1)[0], re.MULTILINE))
    inputs = {
        wire: InputType(
            required=name in required and "Optional[" not in kind_text,
            default=(stated := _stated(doc)),
            conditional=stated is None and bool(_SPOKEN.search(doc)),
        )
        for wire, name, kind_text, doc in _properties(arguments)
    }
    return ResourceType(
        token=token,
        inputs=inputs,
        outputs={
            wire: OutputType(optional="Output[Optional[" in kind_text, kind=_kind(kind_text))
            for wire, _name, kind_text, _doc in _properties(outputs)
        },
        example_id=next((found["id"].strip() for found in _IMPORT.finditer(text) if found["token"] == token), ""),
    )


def _folder() -> Path | None:
    spec = importlib.util.find_spec("pulumi_aws")
    return Path(spec.origin).parent if spec and spec.origin else None


def _source(token: str) -> Path | None:
    folder = _folder()
    package, _, rest = token.partition(":")
    module, _, kind = rest.partition(":")
    if folder is None or package != "aws" or not kind:
        return None
    room, _, file = module.partition("/")
    room = "lambda_" if room == "lambda" else room
    place = folder if room == "index" else folder / room.lower()
    likely = place / f"{_SNAKE.sub('_', file or kind).lower()}.py"
    others = sorted(place.glob("*.py")) if place.is_dir() else []
    wanted = f'@pulumi.type_token("{token}")'
    for path in (likely, *others):
        if path.is_file() and wanted in path.read_text(encoding="utf-8"):
            return path
    return None


def _between(text: str, start: str, end: str) -> str:
    first = re.search(start, text)
    if first is None:
        return ""
    last = text.find(end, first.start())
    return text[first.start() : last if last > 0 else len(text)]


def _properties(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (found["wire"] or found["name"], found["name"], found["type"], found["doc"] or "")
        for found in _PROPERTY.finditer(text)
    ]


def _kind(text: str) -> str:
    inner = re.sub(r"^pulumi\.Output\[(?:Optional\[)?", "", text)
    for prefix, kind in (("Sequence[", "list"), ("Mapping[", "map"), ("_builtins.", ""), ("'outputs.", "object")):
        if inner.startswith(prefix):
            return kind or re.split(r"\W", inner.removeprefix(prefix), maxsplit=1)[0]
    return "object" if "outputs." in inner else "str"


def _stated(doc: str) -> str | None:
    """Return the default that a docstring states plainly, None when it states none, several, or a conditional one."""
    stated = [found for found in _STATED.finditer(doc) if found["value"]]
    values = {found["value"].strip('`"') for found in stated} | {found["value"] for found in _MARKED.finditer(doc)}
    if len(values) != 1 or any(_CONDITION.search(found["after"]) for found in stated):
        return None
    return values.pop()


def read_as(kind: str, text: str) -> Any:  # noqa: ANN401  the value of a property
    """Read a stated default as a value of its kind; None when it is not one."""
    try:
        if kind == "bool":
            return {"true": True, "false": False}.get(text.lower())
        if kind == "int":
            return float(int(text))
        if kind == "float":
            return float(text)
    except ValueError:
        return None
    return text if kind == "str" and text not in ("", "null", "nil", "None") and " " not in text else None
