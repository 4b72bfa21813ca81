"""The actions that a query asks about, in classes that no policy tells apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof import facts
from iamproof.shapes import GENERIC_ARNS, format_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.matching import Glob
    from iamproof.shapes import Shape

UNKNOWN_ACTION = "another-service:AnotherAction"
"""Stands for the actions of every service that no policy names: it may carry any key and any resource."""

_EVERYTHING = frozenset({"*", "*:*"})


class ActionClass(NamedTuple):
    """Actions that are matched by the same patterns, carry the same keys and accept the same resources.

    `resources` are the forms of their ARNs; `bare` says that a request may name none, which policies see as ``*``.
    """

    action: str
    others: int
    resources: tuple[Shape, ...]
    bare: bool


def action_classes(asked: Iterable[str], stated: Iterable[Glob], keys: frozenset[str]) -> tuple[ActionClass, ...]:
    """Return the classes of the asked actions, by the patterns stated in policies and the keys in small letters.

    For ``*`` one stand-in is given for the actions of all services that no pattern names.
    """
    actions = tuple(_expanded(asked, _services(stated)))
    matching = _matching(actions, stated)
    groups: dict[object, list[str]] = {}
    for action in actions:
        carried = frozenset(key for key in keys if carries(action, key))
        alike = (action == UNKNOWN_ACTION, matching[action], carried, _accepted(action), action.startswith("sts:"))
        groups.setdefault(alike, []).append(action)
    return tuple(ActionClass(names[0], len(names) - 1, *_accepted(names[0])) for names in groups.values())


def _matching(actions: tuple[str, ...], stated: Iterable[Glob]) -> dict[str, int]:
    """Return which of the patterns match each action, as bits."""
    matching = dict.fromkeys(actions, 0)
    listed = [action for action in actions if facts.action(action) is None]
    services = {action.partition(":")[0] for action in actions}
    for place, glob in enumerate(stated):
        text = "".join(token if isinstance(token, str) else token.value for token in glob.tokens)
        service = text.partition(":")[0]
        if text in _EVERYTHING:
            found: Iterable[str] = actions
        else:
            found = facts.expand(text) if service in services else ()
        for action in (*found, *(action for action in listed if glob.matches(action.lower()))):
            if action in matching:
                matching[action] |= 1 << place
    return matching


def _services(stated: Iterable[Glob]) -> frozenset[str]:
    """The services that the patterns name."""
    first = (glob.tokens[0] for glob in stated if glob.tokens)
    return frozenset(token.partition(":")[0] for token in first if isinstance(token, str))


def _expanded(asked: Iterable[str], named: frozenset[str]) -> Iterator[str]:
    found: dict[str, None] = {}
    for pattern in asked:
        if pattern in _EVERYTHING:
            services = tuple(service for service in facts.services() if service in named)
            found[UNKNOWN_ACTION] = None
            found |= dict.fromkeys(name for service in services for name in facts.expand(f"{service}:*"))
        elif "*" in pattern or "?" in pattern:
            found |= dict.fromkeys(facts.expand(pattern))
        else:
            known = facts.action(pattern)
            found[known.name if known else pattern] = None
    yield from found


@lru_cache(maxsize=1 << 17)
def carries(action: str, key: str) -> bool:
    """Whether a request for the action may carry a key; what facts do not know may be carried."""
    if facts.action(action) is None or facts.condition_key(key) is None:
        return True
    return facts.carries(action, key)


@lru_cache(maxsize=1 << 15)
def _accepted(action: str) -> tuple[tuple[Shape, ...], bool]:
    known = facts.action(action)
    if known is None or not known.complete:
        return GENERIC_ARNS, True
    shapes = dict.fromkeys(shape for kind in known.resource_types for shape in format_shapes(kind.arn))
    return tuple(shapes), not any(kind.required for kind in known.resource_types)
