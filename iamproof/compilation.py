"""The goal "this request is allowed", with everything decided that depends on no free key."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, NamedTuple

from iamproof.action_sets import EVERY_ACTION
from iamproof.conditions import condition_holds
from iamproof.evaluate import bound, endpoint_counts
from iamproof.goals import ALWAYS, NEVER, Test, all_of, contrary, one_of
from iamproof.model import Effect
from iamproof.requirements import Every, Grant, Requirements
from iamproof.statements import Case, covers_resource, reaches
from iamproof.truth import NO, YES, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iamproof.environment import Environment, Request
    from iamproof.goals import Goal
    from iamproof.model import Condition, Statement
    from iamproof.requirements import Need
    from iamproof.statements import Reach
    from iamproof.variables import Context


class Head(NamedTuple):
    """A request of which some keys are open: `context` holds the values of the others.

    `free` says of a key in small letters whether it is open; a key that is neither open nor in `context` is missing.
    `has_endpoint` says whether the request has the key aws:SourceVpce, `unnamed` that a value in `context` stands for
    any other: then only `Reading.BRACKET` says something of all of them. An `any_resource` head leaves the resource
    open: its goal is reached wherever that of some resource is. `covering` says whether a statement covers the action.
    """

    request: Request
    environment: Environment
    context: Context
    free: Callable[[str], bool]
    has_endpoint: bool
    covering: Callable[[Statement], bool]
    unnamed: bool = False
    any_resource: bool = False


def allowed(head: Head, reading: Reading) -> Goal:
    """Return the goal that the request is allowed."""
    return _Compilation(head, reading).goal()


def newly_allowed(now: Head, then: Head, changed: frozenset[int], reading: Reading) -> Goal:
    """Return the goal that a request is allowed now and was not then.

    `changed` holds the ids of the statements that stand in one of the environments, of one build, and not in the
    other. A Deny that stands in both refuses in both, and what is granted by a statement of both is granted in both.
    So one that changed is at the bottom of it: a Deny that applied then, or an Allow that applies now.
    """
    after, before = _Compilation(now, reading), _Compilation(then, reading)
    reasons = [*before.denied(changed)]
    gained = one_of(after.granted(changed))
    if gained is not NEVER:
        reasons.append(all_of((gained, contrary(before.met()))))
    reason = one_of(reasons)
    return NEVER if reason is NEVER else all_of((reason, after.goal()))


def reachable(head: Head, covered: Callable[[Statement], int], holds: Callable[[Condition], bool]) -> int:
    """Return the actions of which a request like the head's may be allowed; none of the others is, in any reading.

    `covered` gives the actions that a statement covers; `holds` says of a condition that it holds in every request that
    is meant. The head's resource only has to have the right owner.
    """
    return _Compilation(head, Reading.BRACKET).reachable(covered, holds)


class _Compilation:
    """One request under way."""

    def __init__(self, head: Head, reading: Reading) -> None:
        self._head = head
        self._reading = reading
        boundary = head.environment.boundary is not None
        self._case = Case(head.request, head.context, boundary)
        counts = endpoint_counts(reading, has_key=head.has_endpoint)
        self._requirements = Requirements(head.request, head.environment, reading, endpoint_counts=counts)

    def goal(self) -> Goal:
        granted = self._met(self._requirements.allowing)
        if granted is NEVER:
            return NEVER
        denied = one_of(self._applies(s) for s in self._denies() if self._head.covering(s))
        return all_of((contrary(denied), granted))

    def met(self) -> Goal:
        """Return the goal that everything allows that has to."""
        return self._met(self._requirements.allowing)

    def denied(self, some: frozenset[int]) -> Iterator[Goal]:
        """Yield, for each Deny among some statements, the goal that it applies."""
        yield from (self._applies(s) for s in self._denies() if id(s) in some and self._head.covering(s))

    def granted(self, some: frozenset[int]) -> Iterator[Goal]:
        """Yield, for each Allow among some statements, the goal that it applies to what has to be allowed."""
        for grant in _grants(self._requirements.allowing):
            changed = (s for s in _allows(grant) if id(s) in some and self._head.covering(s))
            yield from (self._applies(statement, grant.reach) for statement in changed)

    def reachable(self, covered: Callable[[Statement], int], holds: Callable[[Condition], bool]) -> int:
        found = _granted(self._requirements.allowing, covered)
        for statement in self._denies():
            everywhere = statement.is_whole and statement.principals is None
            hit = everywhere and covered(statement) & found
            if hit and all(map(holds, statement.conditions)):
                found ^= hit
        return found

    def _denies(self) -> Iterator[Statement]:
        for policy in self._requirements.denying:
            yield from policy.denies

    def _met(self, need: Need) -> Goal:
        if isinstance(need, Grant):
            allows = filter(self._head.covering, _allows(need))
            return one_of(self._applies(statement, need.reach) for statement in allows)
        parts = (self._met(part) for part in need.parts)
        return all_of(parts) if isinstance(need, Every) else one_of(parts)

    def _applies(self, statement: Statement, reach: Reach | None = None) -> Goal:
        """Return the goal that a statement applies, for a grant of a resource policy by one way of reaching."""
        if self._head.any_resource and not statement.is_whole:
            known = YES if statement.effect is Effect.ALLOW else NO
        else:
            known = covers_resource(statement, self._case)
        if known != NO and statement.principals is not None:
            found = reaches(statement, self._case)
            ways = found.values() if reach is None else (found.get(reach, NO),)
            reached = NO
            for way in ways:
                reached = reached.or_(way)
            known = known.and_(reached)
        which = bound(statement.effect, self._reading)
        if not known.at(which):
            return NEVER
        tests: list[Goal] = []
        for condition in statement.conditions:
            if self._head.free(condition.name):
                tests.append(Test(condition, which))
            elif not condition_holds(condition, self._head.context).at(which):
                return NEVER
        return all_of(tests) if tests else ALWAYS


def _grants(need: Need) -> Iterator[Grant]:
    """Yield the single grants of a need."""
    if isinstance(need, Grant):
        yield need
    else:
        for part in need.parts:
            yield from _grants(part)


def _allows(grant: Grant) -> Iterator[Statement]:
    for policy in grant.policies:
        yield from policy.allows


def _granted(need: Need, covered: Callable[[Statement], int]) -> int:
    """Return the actions for which Allows that cover them could meet a need."""
    if isinstance(need, Grant):
        return reduce(or_, map(covered, _allows(need)), 0)
    parts = (_granted(part, covered) for part in need.parts)
    return reduce(and_, parts, EVERY_ACTION) if isinstance(need, Every) else reduce(or_, parts, 0)
