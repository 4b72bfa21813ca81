"""Broken documents: one statement dropped, one condition dropped, or one resource list widened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.components.documents.world import World

NOTHING = "nothing:Nothing"
BUCKETS = ("results", "raw")
# Kinds of holders within which a statement that stands in several documents is judged where it stands first.
KINDS = ("boundary", "topic", "trust/", "key/", "endpoint/", "results", "raw")


@dataclass(frozen=True)
class Mutant:
    """One edit of one statement."""

    holder: str
    sid: str
    edit: str
    effect: str
    statement: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.holder} {self.sid} {self.edit}"

    @property
    def place(self) -> str:
        """Where the edit is, as lists of exceptions write it."""
        return f"{self.holder}/{self.sid}"

    def of(self, world: World) -> World:
        """Return the world with this edit."""
        return world.changed(self.holder, self.sid, self.statement)


def _mutants(holder: str, statement: Mapping[str, Any]) -> Iterator[Mutant]:
    def mutant(edit: str, changed: Mapping[str, Any]) -> Mutant:
        return Mutant(holder, statement["Sid"], edit, statement["Effect"], changed)

    without_action = {key: value for key, value in statement.items() if key not in {"Action", "NotAction"}}
    yield mutant("dropped", {**without_action, "Action": [NOTHING]})
    for operator, tests in statement.get("Condition", {}).items():
        for key in tests:
            kept = {
                each: {name: value for name, value in inner.items() if (each, name) != (operator, key)}
                for each, inner in statement["Condition"].items()
            }
            kept = {each: inner for each, inner in kept.items() if inner}
            plain = {name: value for name, value in statement.items() if name != "Condition"}
            yield mutant(f"without {operator} {key}", {**plain, "Condition": kept} if kept else plain)
    # A bucket's policy judges its own bucket only: widening a deny's Resource there says little.
    widened = statement.get("Resource") not in (None, ["*"]) and not (
        holder == "topic" or (holder in BUCKETS and statement["Effect"] == "Deny")
    )
    if widened or "NotResource" in statement:
        plain = {name: value for name, value in statement.items() if name != "NotResource"}
        yield mutant("on everything", {**plain, "Resource": ["*"]})


def mutants(world: World) -> tuple[Mutant, ...]:
    """Return every edit of every statement."""
    judged: set[tuple[str, str]] = set()
    found: list[Mutant] = []
    for holder, document in world.documents.items():
        kind = next((each for each in KINDS if holder.startswith(each) or holder.endswith(each)), "carried")
        for statement in document["Statement"]:
            again = (kind, json.dumps(statement, sort_keys=True)) in judged
            judged.add((kind, json.dumps(statement, sort_keys=True)))
            found += [
                each
                for each in _mutants(holder, statement)
                if not again or (each.edit == "dropped" and not holder.startswith("strict/"))
            ]
    return tuple(found)
