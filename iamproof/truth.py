"""Truth under two readings: where AWS' documentation leaves a question open, an answer is a range."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reading(Enum):
    """How to read the places where AWS' documentation is ambiguous.

    EXACT takes one documented or usual meaning for each, so that every request has the decision one expects.
    BRACKET lets an Allow apply if it does under any reading and a Deny only if it does under every reading: what
    BRACKET does not allow, no reading allows. The list of ambiguities is in the library's README.
    """

    EXACT = "exact"
    BRACKET = "bracket"


Bound = Literal["low", "exact", "high"]
"""Which of the three truths of an answer is asked for."""


class Truth(NamedTuple):
    """Whether something holds: under every reading (`low`), under the exact one, under some reading (`high`).

    Always low <= exact <= high.
    """

    low: bool
    exact: bool
    high: bool

    def at(self, bound: Bound) -> bool:
        """Return one of the three."""
        held: bool = getattr(self, bound)
        return held

    def negated(self) -> Truth:
        """Return the truth of the contrary."""
        return Truth(not self.high, not self.exact, not self.low)

    def and_(self, other: Truth) -> Truth:
        """Return the truth of both."""
        return Truth(self.low and other.low, self.exact and other.exact, self.high and other.high)

    def or_(self, other: Truth) -> Truth:
        """Return the truth of at least one."""
        return Truth(self.low or other.low, self.exact or other.exact, self.high or other.high)

    def doubtful(self) -> Truth:
        """Return the same exact truth, not certain under every reading."""
        return Truth(low=False, exact=self.exact, high=self.high)


YES = Truth(low=True, exact=True, high=True)
NO = Truth(low=False, exact=False, high=False)
UNDOCUMENTED = Truth(low=False, exact=False, high=True)
"""Documentation does not say; the exact reading says no."""
DOUBTFUL = Truth(low=False, exact=True, high=True)
"""Documentation does not say; the exact reading says yes."""


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return the truth of every one; YES for none."""
    result = YES
    for truth in truths:
        result = result.and_(truth)
        if result == NO:
            return NO
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return the truth of at least one; NO for none."""
    result = NO
    for truth in truths:
        result = result.or_(truth)
        if result == YES:
            return YES
    return result
