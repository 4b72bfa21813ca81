"""Stack configuration as the CLI reads it: ``Pulumi.<stack>.yaml`` over the values that Pulumi.yaml gives to all."""

from __future__ import annotations

import difflib
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from preview.errors import Phase, PreviewError
from preview.state import StackContext
from preview.yaml_file import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from preview.project_file import ProgramProject

NAME = "[A-Za-z0-9_.-]{1,100}"


def load(project: ProgramProject, stack: str, organization: str = "organization") -> StackContext:
    """Read the configuration of a stack.

    Keys without a namespace belong to the project, structured values become JSON text, encrypted values are refused by
    name. Raise PreviewError when the stack does not exist or its file is not as it must be.
    """
    path = _path(project, stack)
    document = read_yaml(path, Phase.CONFIG)
    if document.get("environment"):
        raise PreviewError(
            Phase.CONFIG, f"{path}: 'environment' names environments of Pulumi Cloud, which the preview does not reach"
        )
    given = document.get("config") or {}
    if not isinstance(given, dict):
        raise PreviewError(Phase.CONFIG, f"{path}: 'config' must be a mapping of keys, not {type(given).__name__}")
    config = _project_values(project)
    encrypted = []
    misspelt = [str(key) for key in given if str(key).count(":") > 1]
    if misspelt:
        raise PreviewError(
            Phase.CONFIG, f"{path}: {', '.join(misspelt)}: a configuration key has the form <namespace>:<name>"
        )
    for key, value in given.items():
        if _holds_secure(value):
            encrypted.append(str(key))
        else:
            config[_full(project, str(key))] = text_of(value)
    if encrypted:
        raise PreviewError(
            Phase.CONFIG,
            f"{path}: {', '.join(encrypted)} {'is' if len(encrypted) == 1 else 'are'} encrypted, and the preview has no"
            " key to decrypt with. Previews need no real secret: keep a plain stand-in in a stack file of its own",
        )
    return StackContext(project=project.name, stack=stack, organization=organization, config=config)


def _path(project: ProgramProject, stack: str) -> Path:
    folder = project.stack_config_directory
    if not re.fullmatch(NAME, stack):
        allowed = "1 to 100 letters, digits, hyphens, underscores and periods"
        raise PreviewError(Phase.CONFIG, f"the stack name {stack[:100]!r} is none: write {allowed}, such as dev")
    for suffix in ("yaml", "yml", "json"):
        path = folder / f"Pulumi.{stack}.{suffix}"
        if path.is_file():
            return path
    existing = sorted(
        path.name.split(".", 1)[1].rsplit(".", 1)[0]
        for path in folder.glob("Pulumi.*.*")
        if path.suffix in (".yaml", ".yml", ".json") and path.is_file()
    )
    if not existing:
        raise PreviewError(
            Phase.CONFIG, f"there is no stack '{stack}': {folder} holds no stack file. Write Pulumi.{stack}.yaml"
        )
    nearest = difflib.get_close_matches(stack, existing, 1)
    hint = f" Did you mean '{nearest[0]}'?" if nearest else ""
    raise PreviewError(Phase.CONFIG, f"there is no stack '{stack}': {folder} holds {', '.join(existing)}.{hint}")


def _project_values(project: ProgramProject) -> dict[str, str]:
    """Return what the project file gives to every stack: plain values, `value` and `default`."""
    config = {}
    for key, declared in project.config.items():
        value = declared
        if isinstance(declared, dict):
            value = declared.get("value", declared.get("default"))
        if value is not None:
            config[_full(project, str(key))] = text_of(value)
    return config


def _full(project: ProgramProject, key: str) -> str:
    return key if ":" in key else f"{project.name}:{key}"


def _holds_secure(value: object) -> bool:
    if isinstance(value, dict):
        return ("secure" in value and len(value) == 1) or any(_holds_secure(element) for element in value.values())
    if isinstance(value, list):
        return any(_holds_secure(element) for element in value)
    return False


def text_of(value: object) -> str:
    """Return a configuration value as the program sees it: text as it stands, everything else as the CLI's JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else _json(value)


def _json(value: object) -> str:
    """Write JSON as Go does: keys in order, markup escaped, floats without an exponent where Go writes none."""
    if isinstance(value, dict):
        members = {_key(key): _json(element) for key, element in value.items()}
        return "{" + ",".join(f"{_text(key)}:{members[key]}" for key in sorted(members)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_json(element) for element in value) + "]"
    if isinstance(value, str):
        return _text(value)
    return _number(value) if isinstance(value, float) else json.dumps(value)


def _key(key: object) -> str:
    return "<nil>" if key is None else key if isinstance(key, str) else _json(key)


def _text(value: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _number(value: float) -> str:
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    mantissa, _, exponent = repr(value).partition("e")
    return f"{mantissa}e{exponent[0]}{exponent[1:].lstrip('0')}"
