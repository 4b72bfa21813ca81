"""What is left of each key where a goal is reached: the domains of its keys, and the search over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.axioms import NO_BLANKS, always_there, axioms, canonical
from iamproof.domains import MultiValued, SingleValued
from iamproof.elements import elements
from iamproof.goals import all_of, tests
from iamproof.opening import Solved
from iamproof.search import Search
from iamproof.variables import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iamproof.domains import Domain
    from iamproof.goals import Goal
    from iamproof.model import Condition
    from iamproof.opening import Notes
    from iamproof.query import Values
    from iamproof.search import Fewest, States
    from iamproof.variables import Context


class Solving:
    """Solves the goals of one question; the classes of a key's values are looked for once for the same conditions."""

    def __init__(
        self, asked: Mapping[str, Sequence[Values]], notes: Notes, fewest: Fewest | None, *, blank: bool
    ) -> None:
        """`asked` is what the query says of keys by canonical names; `blank` whether a list may hold empty text."""
        self._asked = asked
        self._notes = notes
        self._fewest = fewest
        self._blank = blank
        self._domains: dict[tuple[object, ...], tuple[Domain, tuple[Condition, ...]]] = {}

    def solve(
        self, goal: Goal, fixed: Context, open_: frozenset[str], more: Mapping[str, Values], keys: int
    ) -> Iterator[Solved]:
        """Yield what solves a goal; `keys` are in the request already."""
        asked = {key: tuple(said) for key, said in self._asked.items() if key in open_}
        for key, values in more.items():
            asked[key] = (*asked.get(key, ()), values)
        rules = [*axioms((*asked, *(test.condition.name for test in tests(goal))))]
        self._notes.assumptions |= dict.fromkeys(sentence for _, sentence in rules)
        goal = all_of((goal, *(rule for rule, _ in rules)))
        conditions: dict[str, dict[int, Condition]] = {key: {} for key in asked}
        for test in tests(goal):
            conditions.setdefault(canonical(test.condition.name), {})[id(test.condition)] = test.condition
        domains: dict[str, Domain] = {}
        states: States = {}
        for key, about in conditions.items():
            domain = self._remembered(key, tuple(about.values()), asked.get(key, ()), fixed)
            state = domain.start(asked.get(key, ()), always=always_there(key))
            if state is None:
                return
            domains[key], states[key] = domain, state
        names = {condition.name: key for key, about in conditions.items() for condition in about.values()}
        search = Search(domains, names)
        if self._fewest is None:
            found = search.solutions(goal, states)
        else:
            most = self._fewest.keys
            found = search.smaller(goal, states, None if most is None else most - keys)
        for left, trail in found:
            yield Solved(left, domains, trail)

    def _remembered(self, key: str, about: tuple[Condition, ...], asked: tuple[Values, ...], fixed: Context) -> Domain:
        """Return the domain, which depends on what is fixed only by the variables in the conditions."""
        values = (value for condition in about for value in condition.values if isinstance(value, Template))
        variables = {variable.key.lower() for value in values for variable in value.variables}
        put_in = tuple((name, fixed.get(name)) for name in sorted(variables))
        meant = key, tuple(map(id, about)), tuple(map(id, asked)), put_in
        if meant not in self._domains:
            # The conditions are kept, so that no other one gets the id of one of them.
            self._domains[meant] = self._domain(key, about, asked, fixed), about
        return self._domains[meant][0]

    def _domain(self, key: str, about: tuple[Condition, ...], asked: tuple[Values, ...], fixed: Context) -> Domain:
        known = facts.condition_key(key)
        found = elements(about, asked, fixed, known.type if known else None)
        if not found.complete:
            self._notes.doubts[f"{key} is compared as text and as a number, date or address"] = None
        several = known is None or known.type.multi_valued
        if not several:
            return SingleValued(found.texts, fixed)
        if not self._blank:
            self._notes.assumptions[NO_BLANKS] = None
        return MultiValued(found.texts, fixed, blank=self._blank)
