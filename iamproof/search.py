"""Whether a goal can be reached, and what is then left of each key.

A goal's tests are decided one after the other; each narrows its key. What is open are alternatives ("one of"): the one
with the fewest ways left is tried first, and a way that is already certain settles it. Every way is tried, so that
nothing is passed over, and each step settles one alternative, so that the search ends.

Where few keys are wanted (`Fewest`), a way is left as soon as more keys have to be there than in what was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iamproof.goals import AllOf, OneOf, Test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamproof.domains import Domain, State
    from iamproof.goals import Goal

States = dict[str, "State"]
"""What is left of each key, by its name in small letters; a key that is not in it is not tested."""


MOST_STEPS = 2_000
"""So many steps are taken for one goal to find a request with fewer keys than the one that was found."""


@dataclass
class Fewest:
    """The number of keys of the smallest request found so far, None before there is one."""

    keys: int | None = None


class Search:
    """A search over keys with these domains; `key_of` gives the name under which a condition's key stands."""

    def __init__(self, domains: Mapping[str, Domain], names: Mapping[str, str]) -> None:
        """`names` maps the names of keys in conditions to those in `domains`."""
        self._domains = domains
        self._names = names
        self._most: int | None = None
        self._steps = MOST_STEPS
        self._shrinking = False

    def solutions(self, goal: Goal, states: States) -> Iterator[tuple[States, tuple[Test, ...]]]:
        """Yield states in each of which the goal is reached, whichever of their values the keys have.

        With each come the tests that narrowed the keys to it.
        """
        yield from self._solve(goal, [], states, ())

    def smaller(self, goal: Goal, states: States, most: int | None) -> Iterator[tuple[States, tuple[Test, ...]]]:
        """Yield such states with at most so many keys that have to be there, each with fewer than the one before."""
        self._most, self._steps, self._shrinking = most, MOST_STEPS, True
        yield from self._solve(goal, [], states, ())

    def _solve(
        self, goal: Goal, alternatives: list[OneOf], states: States, trail: tuple[Test, ...]
    ) -> Iterator[tuple[States, tuple[Test, ...]]]:
        narrowed = [*trail]
        settled = self._settle(goal, alternatives, states, narrowed)
        if settled is None:
            return
        alternatives, states = settled
        if self._most is not None and self._is_too_much(states):
            return
        if not alternatives:
            if self._shrinking:
                self._most = self._there(states) - 1
            yield states, tuple(narrowed)
            return
        first = min(alternatives, key=lambda each: len(each.parts))
        others = [each for each in alternatives if each is not first]
        for part in first.parts:
            yield from self._solve(part, others, states, tuple(narrowed))

    def _there(self, states: States) -> int:
        """How many keys cannot be missing any more."""
        return sum(self._domains[name].must_be_there(state) for name, state in states.items())  # type: ignore[arg-type]  # a state of this domain

    def _is_too_much(self, states: States) -> bool:
        self._steps -= 1
        return self._steps < 0 or (self._most is not None and self._there(states) > self._most)

    def _settle(
        self, goal: Goal, alternatives: list[OneOf], states: States, trail: list[Test]
    ) -> tuple[list[OneOf], States] | None:
        """Decide all tests and all alternatives with one way left; None where that fails."""
        states, pending, open_ = dict(states), [goal], list(alternatives)
        while True:
            while pending:
                goal = pending.pop()
                if isinstance(goal, Test):
                    if not self._narrow(states, goal, trail):
                        return None
                elif isinstance(goal, AllOf):
                    pending += goal.parts
                else:
                    open_.append(goal)
            simpler = [self._simpler(each, states) for each in open_]
            pending = [way for ways in simpler if ways is not None and len(ways) == 1 for way in ways]
            if any(ways == () for ways in simpler):
                return None
            open_ = [OneOf(ways) for ways in simpler if ways is not None and len(ways) > 1]
            if not pending:
                return open_, states

    def _narrow(self, states: States, test: Test, trail: list[Test]) -> bool:
        name = self._names[test.condition.name]
        left = self._domains[name].restrict(states[name], test)  # type: ignore[arg-type]  # a state of this domain
        if left is None:
            return False
        if left != states[name]:
            trail.append(test)
        states[name] = left
        return True

    def _fits(self, states: States, test: Test) -> bool:
        name = self._names[test.condition.name]
        return self._domains[name].restrict(states[name], test) is not None  # type: ignore[arg-type]  # as above

    def _simpler(self, goal: OneOf, states: States) -> tuple[Goal, ...] | None:
        """Return the ways that are still possible; None where one is certain already."""
        ways: list[Goal] = []
        for way in goal.parts:
            if isinstance(way, Test):
                if not self._fits(states, way):
                    continue
                if not self._fits(states, Test(way.condition, way.bound, not way.wanted)):
                    return None
            elif isinstance(way, AllOf):
                inner = [part for part in way.parts if isinstance(part, Test)]
                if not all(self._fits(states, part) for part in inner):
                    continue
                if len(inner) == len(way.parts) and not any(self._fits(states, _not(part)) for part in inner):
                    return None
            ways.append(way)
        return tuple(ways)


def _not(test: Test) -> Test:
    return Test(test.condition, test.bound, not test.wanted)
