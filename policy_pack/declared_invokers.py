"""Who calls tenants' endpoints from beside their people, as the stack file says."""

from __future__ import annotations

import json

import stack_config


def roles() -> dict[str, tuple[str, ...]]:
    """Return the roles of the account that may take on an invoker's role, by the invoker's name."""
    return _listed("roles")


def endpoints() -> dict[str, tuple[str, ...]]:
    """Return the names of the endpoints that each invoker may call."""
    return _listed("endpoints")


def _listed(key: str) -> dict[str, tuple[str, ...]]:
    try:
        invokers = json.loads(stack_config.value("invokers") or "{}")
    except (TypeError, ValueError):
        return {}
    given = invokers.items() if isinstance(invokers, dict) else ()
    found = {str(name): each.get(key) for name, each in given if isinstance(each, dict)}
    return {name: tuple(map(str, each)) for name, each in found.items() if isinstance(each, list)}
