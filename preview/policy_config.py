"""Policy configuration as the engine reconciles it: schema defaults, then the pack's own, then the given file.

The order and the refusals follow pulumi v3.259.0, `pkg/resource/analyzer/config.go`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from preview.errors import Phase, PreviewError, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LEVELS = ("advisory", "mandatory", "remediate", "disabled")


@dataclass(frozen=True)
class PolicySetting:
    """What a layer says about one policy: a level ("" leaves it) and properties."""

    level: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PolicyInfo:
    """What a pack tells about one of its policies.

    `kind` is ``resource``, ``stack`` or ``unknown``; `schema` holds the JSON schema of its properties and `required`.
    """

    name: str
    description: str
    level: str
    kind: str
    severity: str
    schema: Mapping[str, Any]
    required: tuple[str, ...]


def load(path: Path) -> dict[str, PolicySetting]:
    """Read a policy config file; raise PreviewError when it is missing, not JSON, or not a policy configuration."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PreviewError(Phase.ARGUMENTS, f"policy config {path} cannot be read: {said(error)}") from None
    if not text.strip():
        return {}
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise PreviewError(
            Phase.ARGUMENTS, f"policy config {path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        ) from None
    except RecursionError:
        raise PreviewError(Phase.ARGUMENTS, f"policy config {path} is nested too deeply to be read") from None
    return parse(given, name=str(path))


def parse(given: object, *, name: str = "policy config") -> dict[str, PolicySetting]:
    """Read policy configuration as the file holds it: a level or an object for each policy, or `all`."""
    if not isinstance(given, dict):
        raise PreviewError(Phase.ARGUMENTS, f"{name} must be an object of policy names, not {type(given).__name__}")
    problems: list[str] = []
    settings = {}
    for policy, value in given.items():
        if policy == "environments":
            problems.append("environments: they live in Pulumi Cloud, which the preview does not reach; remove the key")
            continue
        setting = _setting(policy, value, problems)
        if setting.level or setting.properties:
            settings[policy] = setting
    if problems:
        raise PreviewError(Phase.ARGUMENTS, f"{name} is not valid:\n" + "\n".join(f"  {line}" for line in problems))
    return settings


def _setting(policy: str, value: object, problems: list[str]) -> PolicySetting:
    if isinstance(value, str):
        level, properties = value, {}
    elif isinstance(value, dict):
        properties = {key: element for key, element in value.items() if key != "enforcementLevel"}
        level = value.get("enforcementLevel", "")
    else:
        problems.append(f"{policy}: {json.dumps(value)} is not valid; write a level or an object")
        return PolicySetting()
    if level not in ("", *LEVELS) or (level == "" and isinstance(value, str)):
        problems.append(f"{policy}: {json.dumps(level)} is not an enforcement level; write one of {', '.join(LEVELS)}")
        return PolicySetting()
    return PolicySetting(level, properties)


def reconcile(
    policies: Sequence[PolicyInfo],
    initial: Mapping[str, PolicySetting],
    given: Mapping[str, PolicySetting],
    *,
    pack: str,
) -> dict[str, PolicySetting]:
    """Return what every policy is configured with; raise PreviewError naming each value that a schema refuses."""
    result = {
        policy.name: PolicySetting(
            policy.level, {key: rule["default"] for key, rule in policy.schema.items() if "default" in rule}
        )
        for policy in policies
    }
    for layer in (initial, given):
        result = _apply(result, layer)
    problems = [line for policy in policies for line in _violations(policy, result[policy.name].properties)]
    problems += [
        f"{name}: no policy of this pack has the name, and no enforcementLevel is given"
        for name, setting in result.items()
        if not setting.level
    ]
    if problems:
        lines = "\n".join(f"  {line}" for line in sorted(problems))
        raise PreviewError(Phase.PACK, f"validating policy config for {pack!r}:\n{lines}")
    return result


def _apply(result: dict[str, PolicySetting], layer: Mapping[str, PolicySetting]) -> dict[str, PolicySetting]:
    everyone = layer.get("all")
    if everyone and everyone.level:
        result = {name: replace(setting, level=everyone.level) for name, setting in result.items()}
    for name, setting in layer.items():
        before = result.get(name, PolicySetting())
        result[name] = PolicySetting(setting.level or before.level, {**before.properties, **setting.properties})
    return result


def _violations(policy: PolicyInfo, properties: Mapping[str, Any]) -> list[str]:
    if not policy.schema and not policy.required:
        return []
    from jsonschema import Draft7Validator  # noqa: PLC0415  slow to import and needed only by packs with a schema

    schema: dict[str, Any] = {"type": "object", "properties": dict(policy.schema)}
    if policy.required:
        schema["required"] = list(policy.required)
    return [
        f"{policy.name}: {'.'.join(str(part) for part in error.absolute_path) or '(root)'}: {error.message}"
        for error in Draft7Validator(schema).iter_errors(dict(properties))
    ]
