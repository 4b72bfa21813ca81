"""The resource types that some rule of the pack judges, and the properties it judges; filled by the catalogue.

A type is known where a rule can refuse it: advice alone admits nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources import top_level
from rule import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rule import Rule

_JUDGED: dict[str, set[str]] = {}
_REFUSABLE: set[str] = set()


def learn(rules: Iterable[Rule]) -> None:
    """Take note of the types and top-level properties that rules name; patterns name no type.

    A rule about nothing but the owner's tag, which every taggable type carries, reviews no type.
    """
    for rule in rules:
        for token in rule.types if rule.paths != ("tags",) else ():
            if not token.endswith("*"):
                _REFUSABLE.update({token} if rule.level is Level.MANDATORY else ())
                judged = _JUDGED.setdefault(token, set())
                judged.update(top_level(path) for owner, path in map(_parts, rule.paths) if _is_about(owner, token))


def is_known(token: str) -> bool:
    """Return whether a mandatory rule judges the type."""
    return token in _REFUSABLE


def judged_properties(token: str) -> frozenset[str]:
    """Return the top-level properties of a type that rules judge."""
    return frozenset(_JUDGED.get(token, ()))


def _parts(path: str) -> tuple[str, str]:
    owner, _, rest = path.rpartition(":")
    return owner, rest


def _is_about(owner: str, token: str) -> bool:
    module, _, name = owner.rpartition("/")
    return not owner or (f"/{name}:".lower() in token.lower() and f"{module}/".lower() in token.lower())
