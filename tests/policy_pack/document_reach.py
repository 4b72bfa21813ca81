"""Which requests an edit of a statement may decide otherwise: those whose action it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iamproof import Query
    from tests.policy_pack.document_mutants import Mutant


@dataclass(frozen=True)
class Reach:
    """The actions that an edited statement speaks of, before or after."""

    patterns: tuple[str, ...]
    but: tuple[str, ...] = ()

    @staticmethod
    def of(mutant: Mutant) -> Reach:
        sides = [one for one in (mutant.statement, mutant.changed) if one]
        listed = [one["NotAction"] for one in sides if "NotAction" in one]
        if not listed:
            return Reach(tuple(dict.fromkeys(action for one in sides for action in one["Action"])))
        if len(listed) == 2 and listed[0] != listed[1]:
            return Reach(tuple(sorted({*listed[0]} ^ {*listed[1]})))
        return Reach(("*",), tuple(listed[0]))

    def within(self, query: Query) -> Query | None:
        """Return the part of a query that the edit may change; None where there is none."""
        asked: dict[str, None] = {}
        for pattern in query.patterns:
            if any(covers(mine, pattern) for mine in self.patterns):
                asked[pattern] = None
                continue
            covered = [mine for mine in self.patterns if covers(pattern, mine)]
            crossing = any(_crosses(mine, pattern) for mine in self.patterns if mine not in covered)
            asked |= dict.fromkeys([pattern] if crossing else covered)
        return replace(query, actions=tuple(asked), but=(*query.but, *self.but)) if asked else None


def covers(wide: str, narrow: str) -> bool:
    return fnmatchcase(narrow.lower(), wide.lower().replace("[", "[[]"))


def _crosses(one: str, other: str) -> bool:
    """Whether two patterns of which neither covers the other may have an action in common."""
    (service, name), (others, named) = one.lower().split(":", 1), other.lower().split(":", 1)
    if service != others or not ("*" in name or "*" in named):
        return False
    first, second = name.split("*")[0], named.split("*")[0]
    return first.startswith(second) or second.startswith(first)
