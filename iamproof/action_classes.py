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


class ActionClass(NamedTuple):
    """Actions that are matched by the same patterns, carry the same keys and accept the same resources.

    `resources` are the forms of their ARNs; `bare` says that a request may name none, which policies see as ``*``.
    """

    action: str
    others: int
    resources: tuple[Shape, ...]
    bare: bool


def action_classes(asked: Iterable[str], stated: Iterable[Glob], keys: frozenset[str]) -> Iterator[ActionClass]:
    """Yield the classes of the asked actions, by the patterns stated in policies and the keys in small letters.

    For ``*`` one stand-in is given for the actions of all services that no pattern names.
    """
    stated = frozenset(stated)
    groups: dict[object, list[str]] = {}
    for action in _expanded(asked, _services(stated)):
        matching = frozenset(glob for glob in stated if _matches(glob, action))
        carried = frozenset(key for key in keys if carries(action, key))
        alike = (action == UNKNOWN_ACTION, matching, carried, _accepted(action), action.startswith("sts:"))
        groups.setdefault(alike, []).append(action)
    for names in groups.values():
        resources, bare = _accepted(names[0])
        yield ActionClass(names[0], len(names) - 1, resources, bare)


def _services(stated: Iterable[Glob]) -> frozenset[str]:
    """The services that the patterns name."""
    first = (glob.tokens[0] for glob in stated if glob.tokens)
    return frozenset(token.partition(":")[0] for token in first if isinstance(token, str))


def _expanded(asked: Iterable[str], named: frozenset[str]) -> Iterator[str]:
    found: dict[str, None] = {}
    for pattern in asked:
        if pattern in {"*", "*:*"}:
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
def _matches(glob: Glob, action: str) -> bool:
    return glob.matches(action.lower())


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
