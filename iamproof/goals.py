"""What is looked for: tests of single keys, joined by "all" and "one of".

A goal is free of negations but for the tests themselves, so that its contrary is a goal as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.model import Condition
    from iamproof.truth import Bound


class Test(NamedTuple):
    """That a condition holds, or does not, under one bound."""

    condition: Condition
    bound: Bound
    wanted: bool = True


@dataclass(frozen=True)
class AllOf:
    """Every part; none is always reached."""

    parts: tuple[Goal, ...] = ()


@dataclass(frozen=True)
class OneOf:
    """At least one part; none is never reached."""

    parts: tuple[Goal, ...] = ()


Goal = Test | AllOf | OneOf
ALWAYS, NEVER = AllOf(), OneOf()
"""The only goals without parts: `all_of` and `one_of` make no others."""


def all_of(parts: Iterable[Goal]) -> Goal:
    """Return the goal of every part, in its shortest form."""
    found: list[Goal] = []
    for part in parts:
        if part is NEVER:
            return NEVER
        found += part.parts if isinstance(part, AllOf) else (part,)
    if not found:
        return ALWAYS
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def one_of(parts: Iterable[Goal]) -> Goal:
    """Return the goal of at least one part, in its shortest form."""
    found: list[Goal] = []
    for part in parts:
        if part is ALWAYS:
            return ALWAYS
        found += part.parts if isinstance(part, OneOf) else (part,)
    if not found:
        return NEVER
    return found[0] if len(found) == 1 else OneOf(tuple(found))


def contrary(goal: Goal) -> Goal:
    """Return the goal that is reached exactly where this one is not."""
    if isinstance(goal, Test):
        return Test(goal.condition, goal.bound, not goal.wanted)
    parts = (contrary(part) for part in goal.parts)
    return one_of(parts) if isinstance(goal, AllOf) else all_of(parts)


def tests(goal: Goal) -> Iterable[Test]:
    """Yield every test in a goal."""
    if isinstance(goal, Test):
        yield goal
    else:
        for part in goal.parts:
            yield from tests(part)
