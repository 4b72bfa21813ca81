"""Putting queries to situations, and turning what is found into requests that `evaluate` decides as well."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from iamproof.compilation import allowed
from iamproof.evaluate import evaluate
from iamproof.goals import contrary
from iamproof.opening import Notes
from iamproof.openings import Openings
from iamproof.query import Query
from iamproof.replay import InternalError, requests_of
from iamproof.situations import Account, Situation, situations_of
from iamproof.smallest import Smallest
from iamproof.truth import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.compilation import Head
    from iamproof.environment import Environment, Request
    from iamproof.goals import Goal
    from iamproof.opening import Opening
    from iamproof.search import Fewest

UNLISTED = "a policy variable may have more values than can be listed"


class Asking:
    """One or several queries put to an account or to situations; `notes` gathers what is met on the way."""

    def __init__(
        self,
        where: Account | Situation | Iterable[Situation],
        query: Query | Iterable[Query],
        reading: Reading,
        *,
        allowed_wanted: bool,
    ) -> None:
        """`allowed_wanted` says whether requests are looked for that are allowed, or that are refused."""
        self.notes = Notes()
        self.unreadable = where.unreadable if isinstance(where, Account) else ()
        self._where = where if isinstance(where, Account | Situation) else tuple(where)
        self._queries = (query,) if isinstance(query, Query) else tuple(query)
        self._reading = reading
        self._wanted = allowed_wanted

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not certain that nothing was passed over."""
        return (*(f"{name} cannot be read" for name in self.unreadable), *self.notes.doubts)

    def _aim(self, heads: tuple[Head, ...]) -> Goal:
        (head,) = heads
        goal = allowed(head, Reading.BRACKET if head.unnamed else self._reading)
        if self._wanted:
            return goal
        if head.unnamed:
            self.notes.doubts[UNLISTED] = None
        return contrary(goal)

    def answers(self) -> Iterator[tuple[Opening, Request, Environment]]:
        """Yield what was found, with a request of it that is allowed, or refused, and what decides it."""
        for query in self._queries:
            for situation in situations_of(self._where, query):
                openings = self._openings(situation, query)
                for opening in openings.found():
                    request = self._replayed(opening, openings, situation.environment)
                    if request is not None:
                        yield opening, request, situation.environment

    def smallest(self) -> tuple[Request, Environment] | None:
        """Return the smallest request of the first principal that has one, and what decides it; None for none."""
        for query in self._queries:
            for _, situations in groupby(situations_of(self._where, query), key=lambda each: each.principal):
                best: Smallest[tuple[Request, Environment]] = Smallest()
                for situation in situations:
                    openings = self._openings(situation, query, best.fewest)
                    for opening in openings.found():
                        request = self._replayed(opening, openings, situation.environment)
                        if request is not None:
                            best.offer(request, (request, situation.environment))
                if best.found is not None:
                    return best.found
        return None

    def _openings(self, situation: Situation, query: Query, fewest: Fewest | None = None) -> Openings:
        return Openings(
            (situation,), query, self._aim, self.notes, allowed_in=0 if self._wanted else None, fewest=fewest
        )

    def _replayed(self, opening: Opening, openings: Openings, environment: Environment) -> Request | None:
        """Return a request of what was found; None where a value was left unnamed and none can be named."""
        for request in requests_of(opening, openings.written):
            decision = evaluate(request, environment, reading=self._reading)
            if decision.allowed is self._wanted and openings.means(request):
                return request
            if not opening.unnamed:
                raise InternalError(f"{request} is {decision.outcome.value}, which was found to be otherwise")
        for key in opening.unnamed:
            self.notes.doubts[f"no value of {key} could be named with which the request is decided so"] = None
        return None
