"""The actions that a query asks about, in classes that no policy tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof import facts
from iamproof.action_sets import actions_in, set_of
from iamproof.requirements import asks_trust
from iamproof.shapes import GENERIC_ARNS, format_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamproof.model import Statement
    from iamproof.shapes import Shape

UNKNOWN_ACTION = "another-service:AnotherAction"
"""Stands for the actions of every service that no policy names: it may carry any key and any resource."""

_EVERYTHING = frozenset({"*", "*:*"})


Owners = frozenset[str] | None
"""Services in ARNs; None for any."""


class Accepted(NamedTuple):
    """Which resources a request for an action may name.

    `forms` are the forms of their ARNs; `bare` says that a request may name none, which policies see as ``*``.
    `owners` are the services in those ARNs, None where they may be of any service.
    """

    forms: tuple[Shape, ...]
    bare: bool
    owners: Owners


class ActionClass(NamedTuple):
    """Actions that the same statements cover, that carry the same keys and accept the same resources.

    `action` stands for them; `carried` are those of the keys that matter.
    """

    action: str
    carried: frozenset[str]
    accepted: Accepted


@dataclass(frozen=True, eq=False)
class Asked:
    """The actions that a query asks about, as a set, and each with its place in the order in which they are asked."""

    actions: int
    order: Mapping[str, int]


def services_of(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the services that the statements name."""
    return frozenset().union(*(statement.services for statement in statements))


@lru_cache(maxsize=512)
def asked_actions(patterns: tuple[str, ...], named: frozenset[str], but: tuple[str, ...] = ()) -> Asked:
    """Return the actions that patterns ask about, without those that match one of `but`.

    ``*`` asks about the actions of the `named` services and about one stand-in for those of all others.
    """
    left_out = {action for pattern in but for action in _named(pattern)}
    actions = tuple(action for action in _expanded(patterns, named) if action not in left_out)
    return Asked(set_of(actions), {action: place for place, action in enumerate(actions)})


@lru_cache(maxsize=4096)
def action_classes(asked: Asked, chosen: int, covered: frozenset[int], keys: frozenset[str]) -> tuple[ActionClass, ...]:
    """Return the classes of the chosen ones of the asked actions.

    `covered` are the sets of actions that statements cover, `keys` the keys in small letters that matter.
    """
    order = asked.order
    found: dict[object, ActionClass] = {}
    for block in _blocks(asked.actions & chosen, covered):
        for action in sorted(actions_in(block), key=order.__getitem__):
            accepted, keys_of_action = _form(action)
            carried = _carried(keys_of_action, keys)
            kind = (block, asks_trust(action), carried, accepted)
            if kind not in found:
                found[kind] = ActionClass(action, carried, accepted)
    return tuple(sorted(found.values(), key=lambda each: order[each.action]))


def _blocks(actions: int, covered: Iterable[int]) -> list[int]:
    """Return the sets into which what statements cover cuts a set of actions."""
    blocks = [actions] if actions else []
    for one in {each & actions for each in covered}:
        blocks = [part for block in blocks for part in (block & one, block & ~one) if part]
    return blocks


@lru_cache(maxsize=4096)
def within_reach(asked: Asked, owners: tuple[frozenset[str] | None, ...], *, bare: bool) -> int:
    """Return those of the asked actions whose resources may be of all these sets of services (None for any service).

    `bare` says that a request without a resource is meant as well.
    """
    return set_of(action for action in asked.order if _is_here(_form(action)[0], owners, bare=bare))


def _is_here(accepted: Accepted, owners: Iterable[frozenset[str] | None], *, bare: bool) -> bool:
    own = accepted.owners
    if own is None or (accepted.bare and bare):
        return True
    return all(each is None or not own.isdisjoint(each) for each in owners)


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
            found |= dict.fromkeys(name for service in services for name in facts.expand(f"{service}:*"))
            found[UNKNOWN_ACTION] = None
        else:
            found |= dict.fromkeys(_named(pattern))
    yield from found


@lru_cache(maxsize=1 << 15)
def _form(action: str) -> tuple[Accepted, frozenset[str] | None]:
    """Return what resources an action accepts and which keys it carries besides global ones, None for any."""
    known = facts.action(action)
    if known is None or not known.complete:
        return Accepted(GENERIC_ARNS, bare=True, owners=None), None
    shapes = dict.fromkeys(shape for kind in known.resource_types for shape in format_shapes(kind.arn))
    owners = frozenset(kind.arn.text.split(":")[2] for kind in known.resource_types)
    anywhere = any("$" in owner or "*" in owner for owner in owners)
    bare = not any(kind.required for kind in known.resource_types)
    return Accepted(tuple(shapes), bare, None if anywhere else owners), known.condition_keys


@lru_cache(maxsize=1 << 14)
def _carried(own: frozenset[str] | None, keys: frozenset[str]) -> frozenset[str]:
    """Return which keys an action may carry that lists its own ones; what facts do not know may be carried."""
    if own is None:
        return keys
    return frozenset(key for key in keys if facts.condition_key(key) is None or facts.may_carry(own, key))
