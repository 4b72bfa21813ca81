"""Whether a row notices an edit of the documents, with all of them in place or with some statements lost."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tests.components.documents.mutants import Mutant, Way, mutants
from tests.components.documents.rows import ALL_ROWS
from tests.components.documents.variants import plain
from tests.components.documents.world import BUCKETS, Lock, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.components.documents.world import Row

WORLD = World.built()
DROPPED = {mutant.place: mutant for mutant in mutants(WORLD) if mutant.edit == "dropped"}
JUDGED_BY = {holder: [row for row in ALL_ROWS if holder in WORLD.holders(row)] for holder in WORLD.documents}


def lock_of(mutant: Mutant) -> Lock:
    """Return the lock that the edited statement is part of."""
    holder = plain(mutant.holder)
    if holder.startswith("endpoint/"):
        return Lock.ENDPOINT
    if holder in {*BUCKETS, "topic"} or holder.startswith(("key/", "trust/")):
        return Lock.RESOURCE
    if mutant.holder.endswith("boundary"):
        return Lock.BOUNDARY
    return Lock.GUARDRAILS if mutant.effect == "Deny" else Lock.GRANTS


def loosens(mutant: Mutant) -> bool:
    """Say whether the edit can only allow more: a deny dropped, or an allow widened."""
    return mutant.way is Way.LOOSER


def lets_through(mutant: Mutant) -> bool:
    lock, world = lock_of(mutant), mutant.of(WORLD)
    return any(world.decide(row, lock) for row in touched(mutant) if lock in row.by)


def refuses(mutant: Mutant) -> bool:
    world = mutant.of(WORLD)
    return any(not world.decide(row) for row in touched(mutant) if row.allowed)


def matches(statement: Mapping[str, Any], action: str) -> bool:
    """Say whether a statement may speak of an action."""
    if "NotAction" in statement:
        return True
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in statement["Action"])


def touched(mutant: Mutant) -> list[Row]:
    """Return the rows that an edit can reach: those of an action that the statement names before or after it."""
    before = next(each for each in WORLD.documents[mutant.holder]["Statement"] if each["Sid"] == mutant.sid)
    return [
        row
        for row in JUDGED_BY[mutant.holder]
        if any(matches(statement, ask.action) for ask in row.asks for statement in (before, mutant.statement))
    ]


def caught(mutant: Mutant) -> bool:
    """Say whether a row changes its verdict by the edit."""
    return (mutant.way is not Way.TIGHTER and lets_through(mutant)) or (
        mutant.way is not Way.LOOSER and refuses(mutant)
    )


def without(places: Iterable[str]) -> World:
    """Return the world in which the statements at some places are lost."""
    lost = WORLD
    for place in places:
        lost = DROPPED[place].of(lost)
    return lost


def caught_without(mutant: Mutant, places: Iterable[str]) -> bool:
    """Say whether a row changes its verdict by the edit once the statements that shadow it are lost."""
    lost, lock = without(places), lock_of(mutant)
    both = mutant.of(lost)
    return any(lost.decide(row, lock) != both.decide(row, lock) for row in touched(mutant))
