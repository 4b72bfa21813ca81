"""Who can do an action on a resource, and under which conditions."""

from __future__ import annotations

import operator as compare
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iamproof.asking import Asking
from iamproof.axioms import canonical
from iamproof.domains import Several, SingleValued
from iamproof.operators import Family
from iamproof.partition import TooManyClassesError
from iamproof.prove import TOO_MANY
from iamproof.situations import Account
from iamproof.truth import Reading
from iamproof.wording import in_words, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.environment import Environment, Request
    from iamproof.goals import Test
    from iamproof.opening import Opening, Solved
    from iamproof.principal import Principal
    from iamproof.prove import Where
    from iamproof.query import Query

MOST_WAYS = 20


@dataclass(frozen=True)
class Way:
    """Conditions under which a principal can, as sentences; none where it always can. `request` is an example."""

    conditions: tuple[str, ...]
    request: Request
    environment: Environment


@dataclass(frozen=True)
class Able:
    """A principal that can, and the ways in which; `more` says that there are ways that are not listed."""

    principal: Principal
    ways: tuple[Way, ...]
    more: bool = False


@dataclass(frozen=True)
class WhoCan:
    """Everybody who can; `reasons` say why somebody may have been passed over."""

    able: tuple[Able, ...]
    reasons: tuple[str, ...] = ()


def who_can(where: Where, query: Query, *, reading: Reading = Reading.EXACT) -> WhoCan:
    """Return every principal that may do what the query names, with the conditions."""
    asking = Asking(where, query, reading, allowed_wanted=True)
    found: dict[Principal, dict[tuple[str, ...], Way]] = {}
    more: set[Principal] = set()
    try:
        for opening, request, environment in asking.answers():
            ways = found.setdefault(request.principal, {})
            told = (
                *_resource(opening, query),
                *_endpoint(where, request),
                *_conditions(opening.solved, request.principal),
                *_put_in(opening, request),
            )
            conditions = tuple(sorted(set(told)))
            if len(ways) == MOST_WAYS and conditions not in ways:
                more.add(request.principal)
                continue
            ways.setdefault(conditions, Way(conditions, request, environment))
    except TooManyClassesError:
        asking.notes.doubts[TOO_MANY] = None
    able = (Able(who, tuple(_least(ways.values())), who in more) for who, ways in found.items())
    return WhoCan(tuple(able), asking.reasons)


def _least(ways: Iterable[Way]) -> Iterator[Way]:
    """Yield the ways that are not narrower than another one."""
    ways = [*ways]
    for way in ways:
        if not any(set(other.conditions) < set(way.conditions) for other in ways):
            yield way


def _resource(opening: Opening, query: Query) -> Iterator[str]:
    """Yield which action and resource are meant, where the query leaves it open."""
    if query.patterns != (opening.request.action,):
        yield f"action {opening.request.action}"
    if query.asked.listed != (opening.request.resource,):
        yield f"resource such as {opening.request.resource}"


def _endpoint(where: Where, request: Request) -> Iterator[str]:
    """Yield by which endpoint a request comes, where endpoints with policies take part in the decision."""
    limited = [endpoint.id for endpoint in where.endpoints if endpoint.policy] if isinstance(where, Account) else []
    if limited:
        come = request.values().get("aws:sourcevpce") or ("",)
        yield (
            f"aws:SourceVpce is {come[0]!r}" if come[0] in limited else "through none of the endpoints that are listed"
        )


def _conditions(solved: Solved, principal: Principal) -> Iterator[str]:
    tested: dict[str, list[Test]] = {}
    for test in solved.trail:
        tested.setdefault(canonical(test.condition.name), []).append(test)
    for key, tests in tested.items():
        domain, state = solved.domains.get(key), solved.states[key]
        if isinstance(domain, SingleValued) and isinstance(state, int):
            yield _left(tests[0].condition.key, domain, state, tests, principal)
        else:
            missing = not isinstance(state, Several) or state.missing
            yield from (in_words(test, principal, missing=missing) for test in tests)


def _put_in(opening: Opening, request: Request) -> Iterator[str]:
    """Yield what the keys hold that policy variables stand for, where the request chooses them."""
    values = request.values()
    for key in opening.sources:
        found = values.get(key.lower())
        yield f"{key} is such as {listed(found)}" if found else f"without {key}"


def _left(key: str, domain: SingleValued, state: int, tests: list[Test], principal: Principal) -> str:
    """Say which values of a key are left, by the texts that policies state; else by the tests."""
    texts = [text for place, text in enumerate(domain.elements) if state >> place & 1]
    gone = [text for place, text in enumerate(domain.elements) if not state >> place & 1]
    missing = bool(state >> len(domain.elements))
    stated = {text for test in tests for text in test.condition.texts}
    if all(test.condition.operator.comparison.family is Family.BOOL for test in tests):
        stated |= {"false", "true"}
    if not texts:
        return f"without {key}"
    if any(test.condition.operator.comparison.ignores_case for test in tests):
        # A text stands for others then, so none of them is listed.
        stated = set()
    if stated.issuperset(texts):
        return f"{key} is {listed(texts)}" + (", or missing" if missing else "")
    if stated.issuperset(gone):
        if not gone:
            return f"{key} is there"
        return f"{key} is not {listed(gone)}" + ("" if missing else ", and is there")
    # Whether the key is there is said at the end.
    about = [test for test in tests if test.condition.operator.comparison.family is not Family.NULL] or tests
    said = "; ".join(dict.fromkeys(in_words(test, principal, missing=False) for test in about))
    if missing:
        return f"{said}, or {key} is missing"
    return said if any(_needs_the_key(test) for test in about) else f"{said}, and is there"


def _needs_the_key(test: Test) -> bool:
    """Whether what a test says of a value would not be said of a key that is missing."""
    operator = test.condition.operator
    return test.wanted is not operator.comparison.negated or operator.comparison.order is not compare.eq
