"""The actions that a query asks about, in classes that no policy tells apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof import facts
from iamproof.shapes import GENERIC_ARNS, format_shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from iamproof.matching import Glob
    from iamproof.shapes import Shape

UNKNOWN_ACTION = "another-service:AnotherAction"
"""Stands for the actions of every service that no policy names: it may carry any key and any resource."""

_EVERYTHING = frozenset({"*", "*:*"})


class Accepted(NamedTuple):
    """Which resources a request for an action may name.

    `forms` are the forms of their ARNs; `bare` says that a request may name none, which policies see as ``*``.
    `owners` are the services in those ARNs, None where they may be of any service.
    """

    forms: tuple[Shape, ...]
    bare: bool
    owners: frozenset[str] | None


class ActionClass(NamedTuple):
    """Actions that are matched by the same patterns, carry the same keys and accept the same resources."""

    action: str
    others: int
    accepted: Accepted


def action_classes(
    asked: Iterable[str],
    stated: Iterable[Glob],
    keys: frozenset[str],
    *,
    but: Iterable[str] = (),
    elsewhere: Callable[[Accepted], bool] = lambda _: False,
    hopeless: Callable[[str], bool] = lambda _: False,
) -> Iterator[ActionClass]:
    """Yield the classes of the asked actions, by the patterns stated in policies and the keys in small letters.

    `but` are patterns of actions that are not asked about. For ``*`` one stand-in is given for the actions of all
    services that no pattern names. Actions are left out of which `elsewhere` says that none of their resources is
    meant, or `hopeless` that the statements that cover them settle the question: one answer serves all actions that the
    same statements cover.
    """
    settled: dict[tuple[int, bool, bool], bool] = {}
    groups: dict[object, list[str]] = {}
    for action, matching in _matched(tuple(asked), frozenset(stated), tuple(but)):
        accepted = _accepted(action)
        if elsewhere(accepted):
            continue
        kind = (matching, action == UNKNOWN_ACTION, action.startswith("sts:"))
        if kind not in settled:
            settled[kind] = hopeless(action)
        if settled[kind]:
            continue
        carried = frozenset(key for key in keys if carries(action, key))
        groups.setdefault((kind, carried, accepted), []).append(action)
    for names in groups.values():
        yield ActionClass(names[0], len(names) - 1, _accepted(names[0]))


@lru_cache(maxsize=256)
def _matched(asked: tuple[str, ...], stated: frozenset[Glob], but: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the asked actions, each with the patterns that match it, as bits."""
    left_out = {action for pattern in but for action in _named(pattern)}
    actions = tuple(action for action in _expanded(asked, _services(stated)) if action not in left_out)
    return tuple(_matching(actions, stated).items())


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


def _named(pattern: str) -> tuple[str, ...]:
    """Return the known actions of a pattern, or the one action that it names."""
    if "*" in pattern or "?" in pattern:
        return facts.expand(pattern)
    known = facts.action(pattern)
    return (known.name if known else pattern,)


def _expanded(asked: Iterable[str], named: frozenset[str]) -> Iterator[str]:
    found: dict[str, None] = {}
    for pattern in asked:
        if pattern in _EVERYTHING:
            services = tuple(service for service in facts.services() if service in named)
            found[UNKNOWN_ACTION] = None
            found |= dict.fromkeys(name for service in services for name in facts.expand(f"{service}:*"))
        else:
            found |= dict.fromkeys(_named(pattern))
    yield from found


@lru_cache(maxsize=1 << 17)
def carries(action: str, key: str) -> bool:
    """Whether a request for the action may carry a key; what facts do not know may be carried."""
    if facts.action(action) is None or facts.condition_key(key) is None:
        return True
    return facts.carries(action, key)


@lru_cache(maxsize=1 << 15)
def _accepted(action: str) -> Accepted:
    known = facts.action(action)
    if known is None or not known.complete:
        return Accepted(GENERIC_ARNS, bare=True, owners=None)
    shapes = dict.fromkeys(shape for kind in known.resource_types for shape in format_shapes(kind.arn))
    owners = frozenset(kind.arn.text.split(":")[2] for kind in known.resource_types)
    anywhere = any("$" in owner or "*" in owner for owner in owners)
    bare = not any(kind.required for kind in known.resource_types)
    return Accepted(tuple(shapes), bare, None if anywhere else owners)
