"""The goal "this request is allowed", with everything decided that depends on no free key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iamproof.conditions import condition_holds
from iamproof.evaluate import bound, endpoint_counts
from iamproof.goals import ALWAYS, NEVER, Test, all_of, contrary, one_of
from iamproof.model import Effect
from iamproof.requirements import Every, Grant, Requirements
from iamproof.statements import Case, covers, reaches
from iamproof.truth import NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable

    from iamproof.environment import Environment, Request
    from iamproof.goals import Goal
    from iamproof.model import Policy, Statement
    from iamproof.requirements import Need
    from iamproof.statements import Reach
    from iamproof.truth import Reading
    from iamproof.variables import Context


class Head(NamedTuple):
    """A request of which some keys are open: `context` holds the values of the others.

    `free` says of a key in small letters whether it is open; a key that is neither open nor in `context` is missing.
    `has_endpoint` says whether the request has the key aws:SourceVpce, `unnamed` that a value in `context` stands for
    any other: then only `Reading.BRACKET` says something of all of them. An `any_resource` head leaves the resource
    open: its goal is reached wherever that of some resource is.
    """

    request: Request
    environment: Environment
    context: Context
    free: Callable[[str], bool]
    has_endpoint: bool
    unnamed: bool = False
    any_resource: bool = False


def allowed(head: Head, reading: Reading) -> Goal:
    """Return the goal that the request is allowed."""
    return _Compilation(head, reading).goal()


def hopeless(head: Head, reading: Reading, covering: Callable[[Statement], bool]) -> bool:
    """Whether no request for the action can be allowed, whatever its resource and keys are.

    `covering` says whether a statement covers the action. The head's resource only has to have the right owner.
    """
    return _Compilation(head, reading).is_hopeless(covering)


class _Compilation:
    """One request under way."""

    def __init__(self, head: Head, reading: Reading) -> None:
        self._head = head
        self._reading = reading
        boundary = head.environment.boundary is not None
        self._case = Case(head.request, head.request.action.lower(), head.context, boundary)
        counts = endpoint_counts(reading, has_key=head.has_endpoint)
        self._requirements = Requirements(head.request, head.environment, reading, endpoint_counts=counts)

    def goal(self) -> Goal:
        granted = self._met(self._requirements.allowing)
        if granted == NEVER:
            return NEVER
        denied = one_of(self._applies(s) for policy in self._requirements.denying for s in _denies(policy))
        return all_of((contrary(denied), granted))

    def is_hopeless(self, covering: Callable[[Statement], bool]) -> bool:
        if not _within_reach(self._requirements.allowing, covering):
            return True
        denies = (s for policy in self._requirements.denying for s in _denies(policy))
        return any(_denies_everything(statement) and covering(statement) for statement in denies)

    def _met(self, need: Need) -> Goal:
        if isinstance(need, Grant):
            allows = (s for policy in need.policies for s in policy.statements if s.effect is Effect.ALLOW)
            return one_of(self._applies(statement, need.reach) for statement in allows)
        parts = (self._met(part) for part in need.parts)
        return all_of(parts) if isinstance(need, Every) else one_of(parts)

    def _applies(self, statement: Statement, reach: Reach | None = None) -> Goal:
        """Return the goal that a statement applies, for a grant of a resource policy by one way of reaching."""
        if self._head.any_resource and not _is_whole(statement):
            known = YES if statement.effect is Effect.ALLOW else NO
        else:
            known = covers(statement, self._case)
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


def _denies(policy: Policy) -> list[Statement]:
    return [statement for statement in policy.statements if statement.effect is Effect.DENY]


def _within_reach(need: Need, covering: Callable[[Statement], bool]) -> bool:
    """Whether Allows that cover the action could meet a need."""
    if isinstance(need, Grant):
        return any(s.effect is Effect.ALLOW and covering(s) for policy in need.policies for s in policy.statements)
    parts = (_within_reach(part, covering) for part in need.parts)
    return all(parts) if isinstance(need, Every) else any(parts)


def _denies_everything(statement: Statement) -> bool:
    """Whether a Deny hits every resource, with every key, whoever asks."""
    return _is_whole(statement) and not statement.conditions and statement.principals is None


def _is_whole(statement: Statement) -> bool:
    """Whether a statement speaks of every resource."""
    return [pattern.text for pattern in statement.resources or ()] == ["*"] and not statement.not_resources
