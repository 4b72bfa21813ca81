"""The values of one context key, as classes that no condition on it tells apart.

Which class satisfies a condition is decided by `conditions`, the same that decides single requests; the classes only
have to be complete. A key with one value is a set of classes, "missing" among them. A key with several values is never
split into sets of values: a test of it says something of every value or of some value, and both are kept as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iamproof.conditions import condition_holds, over_values, value_satisfies
from iamproof.operators import Family
from iamproof.truth import NO, YES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.goals import Test
    from iamproof.model import Condition
    from iamproof.query import Values
    from iamproof.truth import Bound
    from iamproof.variables import Context


class SingleValued:
    """A key with one value or none. A state is the classes that are left, as bits; the last is the missing key."""

    def __init__(self, elements: tuple[str, ...], context: Context) -> None:
        """Take a text of each class, and the values of the keys that variables in the conditions stand for."""
        self.elements = elements
        self._context = context
        self._known: dict[tuple[int, Bound], int] = {}

    def start(self, asked: Iterable[Values], *, always: bool) -> int | None:
        """Return the classes that the query leaves open, None for none; `always` where the key is never missing."""
        asked = tuple(asked)
        cases = [(text,) for text in self.elements] + [()] * (not always)
        return _bits(all(values.admits(case) for values in asked) for case in cases) or None

    def restrict(self, state: int, test: Test) -> int | None:
        """Return the classes of a state that pass a test, None for none."""
        known = (id(test.condition), test.bound)
        if known not in self._known:
            self._known[known] = self._passing(test.condition, test.bound)
        passing = self._known[known]
        return state & (passing if test.wanted else ~passing) or None

    def _passing(self, condition: Condition, bound: Bound) -> int:
        cases = [(text,) for text in self.elements] + [()]
        contexts = ({**self._context, condition.name: case} for case in cases)
        return _bits(condition_holds(condition, context).at(bound) for context in contexts)

    def must_be_there(self, state: int) -> bool:
        """Whether the key is missing in none of the classes of a state."""
        return not state >> len(self.elements)

    def pick(self, state: int) -> tuple[str, ...]:
        """Return the values of a state that read best: none where the key may be missing, else a short text."""
        if state >> len(self.elements):
            return ()
        places = [place for place in range(len(self.elements)) if state >> place & 1]
        return (next((self.elements[place] for place in places if self.elements[place]), ""),)


class Several(NamedTuple):
    """What is left of a key with several values.

    It may be missing, or hold empty text alone, or be `valued`: then each value is of one of the classes `every`, and
    for each of `some` there is a value of one of its classes.
    """

    missing: bool
    empty: bool
    valued: bool
    every: int
    some: frozenset[int]

    def checked(self) -> Several | None:
        """Return the state without what cannot be; None where nothing is left."""
        valued = self.valued and all(self.every & classes for classes in self.some)
        return self._replace(valued=valued) if self.missing or self.empty or valued else None


class _Demand(NamedTuple):
    """What a test asks of each way to be; of values it asks that `classes` hold every one of them, or some."""

    missing: bool
    empty: bool
    of_every: bool
    classes: int


class MultiValued:
    """A key that may have several values."""

    def __init__(self, elements: tuple[str, ...], context: Context, *, blank: bool) -> None:
        """As for a key with one value; `blank` says whether a value may be empty text."""
        self.elements = elements if blank else tuple(text for text in elements if text)
        self._blank = blank
        self._context = context
        self._all = (1 << len(self.elements)) - 1
        self._known: dict[tuple[int, Bound], _Demand] = {}

    def start(self, asked: Iterable[Values], *, always: bool) -> Several | None:
        """Return what the query leaves open, None for nothing; `always` where the key is never missing."""
        asked = tuple(asked)
        every, some = self._all, {_bits(bool(text) for text in self.elements)}
        for values in asked:
            every &= _bits(text in values.every for text in self.elements)
            some |= {_bits(text in texts for text in self.elements) for texts in values.some}
        missing = not always and all(values.admits(()) for values in asked)
        empty = self._blank and all(values.admits(("",)) for values in asked)
        valued = all(values.present for values in asked)
        return Several(missing, empty, valued, every, frozenset(some)).checked()

    def restrict(self, state: Several, test: Test) -> Several | None:
        """Return what of a state passes a test, None for nothing."""
        known = (id(test.condition), test.bound)
        if known not in self._known:
            self._known[known] = self._demand(test.condition, test.bound)
        demand = self._known[known]
        if not test.wanted:
            demand = _Demand(not demand.missing, not demand.empty, not demand.of_every, self._all & ~demand.classes)
        every, some = state.every, state.some
        if demand.of_every:
            every &= demand.classes
        else:
            some |= {demand.classes}
        missing, empty = state.missing and demand.missing, state.empty and demand.empty
        return Several(missing, empty, state.valued, every, some).checked()

    def _demand(self, condition: Condition, bound: Bound) -> _Demand:
        def held(values: tuple[str, ...]) -> bool:
            return condition_holds(condition, {**self._context, condition.name: values}).at(bound)

        if condition.operator.comparison.family is Family.NULL:
            present = held(("x",))
            return _Demand(held(()), present, of_every=True, classes=self._all if present else 0)
        outcomes = (value_satisfies(condition, text, self._context).at(bound) for text in self.elements)
        # With one value that satisfies and another that does not, only "every" fails.
        of_every = not over_values(condition.operator, every=NO, some=YES).at(bound)
        return _Demand(held(()), held(("",)), of_every, _bits(outcomes))

    def must_be_there(self, state: Several) -> bool:
        """Whether the key cannot be missing."""
        return not state.missing

    def pick(self, state: Several) -> tuple[str, ...]:
        """Return the values of a state that read best: none where the key may be missing, else few and short ones."""
        if state.missing:
            return ()
        if not state.valued:
            return ("",)
        chosen: list[int] = []
        for classes in sorted(state.some, key=int.bit_count):
            if not any(classes >> place & 1 for place in chosen):
                chosen.append(_lowest(classes & state.every))
        return tuple(self.elements[place] for place in chosen)


Domain = SingleValued | MultiValued
State = int | Several


def _bits(outcomes: Iterable[bool]) -> int:
    return sum(outcome << place for place, outcome in enumerate(outcomes))


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
