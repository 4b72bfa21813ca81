"""What the policies after a change allow or refuse that those before it did not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from iamproof.asking import UNLISTED
from iamproof.changes import changed_statements
from iamproof.compilation import allowed, newly_allowed
from iamproof.evaluate import evaluate
from iamproof.goals import all_of, contrary
from iamproof.opening import Notes
from iamproof.openings import Openings
from iamproof.pairs import pairs_of
from iamproof.partition import TooManyClassesError
from iamproof.prove import TOO_MANY
from iamproof.query import Query
from iamproof.replay import InternalError, requests_of
from iamproof.situations import Account, Situation
from iamproof.smallest import Smallest
from iamproof.truth import Reading

if TYPE_CHECKING:
    from iamproof.compilation import Head
    from iamproof.environment import Request
    from iamproof.evaluate import Decision
    from iamproof.goals import Goal
    from iamproof.opening import Opening
    from iamproof.pairs import Pair
    from iamproof.principal import Principal
    from iamproof.search import Fewest


@dataclass(frozen=True)
class Change:
    """A request that is decided otherwise than before."""

    request: Request
    before: Decision
    after: Decision


@dataclass(frozen=True)
class Difference:
    """A request that is newly allowed and one that is newly refused, where there are such.

    `reasons` say why there may be more than was found; without them nothing found means nothing changed.
    """

    allowed: Change | None = None
    refused: Change | None = None
    reasons: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether every request is decided as before."""
        return self.allowed is None and self.refused is None and not self.reasons


def compare(
    before: Account | Situation,
    after: Account | Situation,
    query: Query | None = None,
    *,
    reading: Reading = Reading.EXACT,
) -> Difference:
    """Compare two versions of an account, or of one principal's policies, over the requests of a query, or over all.

    A principal that only one version has may do nothing in the other. Resources are the account's own unless the
    query says otherwise.
    """
    return _Comparison(before, after, query or Query("*"), reading).difference()


class _Comparison:
    """One comparison under way."""

    def __init__(self, before: Account | Situation, after: Account | Situation, query: Query, reading: Reading) -> None:
        self._notes = Notes()
        self._query = query
        self._reading = reading
        self._pairs = [*pairs_of(before, after, query)]
        unread = [name for side in (before, after) if isinstance(side, Account) for name in side.unreadable]
        self._notes.doubts |= dict.fromkeys(f"{name} cannot be read" for name in unread)
        for left, right in self._pairs:
            if dict(left.principal.tags) != dict(right.principal.tags):
                self._notes.doubts[_retagged(left.principal, right.principal)] = None

    def difference(self) -> Difference:
        newly_allowed, newly_refused = self._change(after_allows=True), self._change(after_allows=False)
        return Difference(newly_allowed, newly_refused, tuple(self._notes.doubts))

    def _change(self, *, after_allows: bool) -> Change | None:
        try:
            for _, pairs in groupby(self._pairs, key=lambda pair: pair[0].principal):
                best: Smallest[Change] = Smallest()
                for pair in pairs:
                    openings = self._openings(pair, best.fewest, after_allows=after_allows)
                    for opening in openings.found():
                        change = self._replayed(opening, openings, pair, after_allows=after_allows)
                        if change:
                            best.offer(change.request, change)
                if best.found:
                    return best.found
        except TooManyClassesError:
            self._notes.doubts[TOO_MANY] = None
        return None

    def _openings(self, pair: Pair, fewest: Fewest, *, after_allows: bool) -> Openings:
        """Return the question about two situations; where they are of one build only what changed is looked at."""
        changed = changed_statements(*(side.environment for side in pair))

        def aim(heads: tuple[Head, ...]) -> Goal:
            if heads[0].unnamed:
                self._notes.doubts[UNLISTED] = None
            then, now = heads if after_allows else reversed(heads)
            if changed is None:
                return all_of((allowed(now, self._reading), contrary(allowed(then, self._reading))))
            return newly_allowed(now, then, changed, self._reading)

        where = 1 if after_allows else 0
        return Openings(
            pair,
            self._query,
            aim,
            self._notes,
            fewest=fewest,
            allowed_in=where,
            rests_on=changed,
        )

    def _replayed(self, opening: Opening, openings: Openings, pair: Pair, *, after_allows: bool) -> Change | None:
        for request in requests_of(opening, openings.written):
            before, after = (evaluate(request, side.environment, reading=self._reading) for side in pair)
            if after.allowed is after_allows and before.allowed is not after_allows and openings.means(request):
                return Change(request, before, after)
            if not opening.unnamed:
                raise InternalError(f"{request} is not decided otherwise than before, which was found")
        return None


def _retagged(before: Principal, after: Principal) -> str:
    """Say which tags of a principal changed; what they change of its rights one request cannot show."""
    keys = sorted({*before.tags, *after.tags})
    sides = ((key, before.tags.get(key), after.tags.get(key)) for key in keys)
    changed = (f"{key} was {old!r} and is {new!r}" for key, old, new in sides if old != new)
    told = ", ".join(changed).replace("None", "not there")
    return f"{before.arn} has other tags than before ({told}): ask who can what they give, before and after"
