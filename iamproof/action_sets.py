"""Sets of actions as the bits of one number: what patterns and statements cover.

Every action that was met has a place of its own, and keeps it. A set may be the complement of another one: then it is
negative and holds every action that is met later.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.matching import Glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.model import Statement

EVERY_ACTION = -1

_EVERYTHING = frozenset({"*", "*:*"})
_names: list[str] = []
_places: dict[str, int] = {}
_unlisted: list[str] = []


def set_of(actions: Iterable[str]) -> int:
    """Return the set of these actions."""
    found = 0
    for action in actions:
        if action not in _places:
            _places[action] = len(_names)
            _names.append(action)
            if facts.action(action) is None:
                _unlisted.append(action)
        found |= 1 << _places[action]
    return found


def actions_in(actions: int) -> Iterator[str]:
    """Yield the actions of a set that is no complement."""
    while actions:
        lowest = actions & -actions
        yield _names[lowest.bit_length() - 1]
        actions ^= lowest


def covered_by(statement: Statement) -> int:
    """Return the actions that a statement's Action or NotAction covers."""
    covered = matched_by(statement.actions)
    return ~covered if statement.not_actions else covered


def matched_by(patterns: tuple[str, ...]) -> int:
    """Return the actions that one of the patterns matches."""
    # Of an action without facts nothing but its name is known, so what matches it is looked for once it is met.
    return _matched_by(patterns, len(_unlisted))


@lru_cache(maxsize=1 << 14)
def _matched_by(patterns: tuple[str, ...], _unlisted_so_far: int) -> int:
    found = 0
    for pattern in patterns:
        if pattern in _EVERYTHING:
            return EVERY_ACTION
        glob = Glob.of(pattern.lower())
        unlisted = (action for action in _unlisted if glob.matches(action.lower()))
        found |= _known(pattern) | set_of(tuple(unlisted))
    return found


@lru_cache(maxsize=1 << 14)
def _known(pattern: str) -> int:
    return set_of(facts.expand(pattern))
