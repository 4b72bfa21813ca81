"""What the pack remembers from one resource to the next within one run.

The engine analyses the root stack first in each run; everything remembered before that belongs to another run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import deferrals
import plans

if TYPE_CHECKING:
    from resources import Resource

STACK = "pulumi:pulumi:Stack"

_REGISTERED: dict[str, Resource] = {}


def observe(resource: Resource) -> None:
    """Take note of a resource that is about to be judged; cheap when it was seen before."""
    if resource.type == STACK:
        deferrals.forget()
        plans.forget()
        _REGISTERED.clear()
    elif resource.urn not in _REGISTERED:
        _REGISTERED[resource.urn] = resource
        plans.remember(resource)


def is_noted(urn: str) -> bool:
    """Return whether a resource was taken note of in this run; the root stack, which begins a run, never is."""
    return urn in _REGISTERED


def registered(urn: str) -> Resource | None:
    """Return a resource with the inputs that it was registered with; None where this run has not seen it."""
    return _REGISTERED.get(urn)
