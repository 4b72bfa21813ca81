"""The resource types that some rule of the pack judges, and the properties it judges; filled by the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources import top_level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rule import Rule

_JUDGED: dict[str, set[str]] = {}


def learn(rules: Iterable[Rule]) -> None:
    """Take note of the types and top-level properties that rules name; patterns name no type.

    A rule about nothing but the owner's tag, which every taggable type carries, reviews no type.
    """
    for rule in rules:
        for token in rule.types if rule.paths != ("tags",) else ():
            if not token.endswith("*"):
                judged = _JUDGED.setdefault(token, set())
                judged.update(top_level(path) for owner, path in map(_parts, rule.paths) if _is_about(owner, token))


def is_known(token: str) -> bool:
    """Return whether a rule judges the type."""
    return token in _JUDGED


def judged_properties(token: str) -> frozenset[str]:
    """Return the top-level properties of a type that rules judge."""
    return frozenset(_JUDGED.get(token, ()))


def _parts(path: str) -> tuple[str, str]:
    owner, _, rest = path.rpartition(":")
    return owner, rest


def _is_about(owner: str, token: str) -> bool:
    module, _, name = owner.rpartition("/")
    return not owner or (f"/{name}:".lower() in token.lower() and f"{module}/".lower() in token.lower())
