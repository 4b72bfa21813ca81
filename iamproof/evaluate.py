"""Deciding one request: allowed, denied explicitly, or denied because nothing allows it.

What has to allow, and whose Denies count, is in `requirements`; whether a statement applies is in `statements`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from iamproof.context import context_of
from iamproof.model import Effect
from iamproof.requirements import Grant, Requirements, Some
from iamproof.statements import Case, applies, reaches, statement_covers
from iamproof.truth import NO, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.environment import Environment, Request
    from iamproof.model import Policy, Statement
    from iamproof.requirements import Need
    from iamproof.statements import Reach
    from iamproof.truth import Bound, Truth


class Outcome(Enum):
    """How a request ends."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit-deny"
    IMPLICIT_DENY = "implicit-deny"


@dataclass(frozen=True)
class StatementRef:
    """A statement that took part: its policy's name, its Sid if it has one, its place in the policy from 0."""

    policy: str
    sid: str | None
    effect: Effect
    position: int


@dataclass(frozen=True)
class Decision:
    """The outcome and the statements that decided it.

    For an explicit deny these are the Denies that apply; for an allowed request the Allows on which it rests; for an
    implicit deny there are none, and `missing` names the kinds of policy that would have had to allow.
    """

    outcome: Outcome
    statements: tuple[StatementRef, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the request goes through."""
        return self.outcome is Outcome.ALLOWED


def endpoint_counts(reading: Reading, *, has_key: bool) -> bool:
    """Whether the endpoint's policy applies: under BRACKET nothing says so where aws:SourceVpce is missing."""
    return reading is not Reading.BRACKET or has_key


def certain(truth: Truth, effect: Effect, reading: Reading) -> bool:
    """Whether a statement applies in a reading: an Allow under any meaning, a Deny under every one, or exactly."""
    return truth.at(bound(effect, reading))


def bound(effect: Effect, reading: Reading) -> Bound:
    """Return which truth of a statement of this effect counts in a reading."""
    if reading is Reading.EXACT:
        return "exact"
    return "high" if effect is Effect.ALLOW else "low"


def evaluate(request: Request, environment: Environment, *, reading: Reading = Reading.EXACT) -> Decision:
    """Decide the request by the policies of the environment."""
    return _Evaluation(request, environment, reading).decision()


def _refs(policy: Policy, statements: Iterable[Statement]) -> tuple[StatementRef, ...]:
    return tuple(StatementRef(policy.name, s.sid, s.effect, s.position) for s in statements)


class _Evaluation:
    """One request under way."""

    def __init__(self, request: Request, environment: Environment, reading: Reading) -> None:
        self._reading = reading
        context = context_of(request, environment)
        self._case = Case(request, context, environment.boundary is not None)
        counts = endpoint_counts(reading, has_key="aws:sourcevpce" in context)
        self._requirements = Requirements(request, environment, reading, endpoint_counts=counts)

    def decision(self) -> Decision:
        denies = tuple(ref for policy in self._requirements.denying for ref in self._denies(policy))
        if denies:
            return Decision(Outcome.EXPLICIT_DENY, denies)
        allows, missing = self._met(self._requirements.allowing)
        if missing:
            return Decision(Outcome.IMPLICIT_DENY, missing=missing)
        return Decision(Outcome.ALLOWED, tuple(dict.fromkeys(allows)))

    def _certain(self, truth: Truth, effect: Effect) -> bool:
        return certain(truth, effect, self._reading)

    def _denies(self, policy: Policy) -> tuple[StatementRef, ...]:
        return _refs(policy, (s for s in policy.denies if self._certain(statement_covers(s, self._case), Effect.DENY)))

    def _met(self, need: Need) -> tuple[tuple[StatementRef, ...], tuple[str, ...]]:
        """Return the Allows that meet a need and the names of what is missing."""
        if isinstance(need, Grant):
            found = self._allow(need)
            return (found, ()) if found else ((), (need.name,))
        results = [self._met(part) for part in need.parts]
        if isinstance(need, Some):
            return next((result for result in results if not result[1]), results[-1])
        allows, missing = zip(*results, strict=True) if results else ((), ())
        return tuple(ref for refs in allows for ref in refs), tuple(name for names in missing for name in names)

    def _allow(self, grant: Grant) -> tuple[StatementRef, ...]:
        """Return the Allows that make a grant."""
        found: list[StatementRef] = []
        for policy in grant.policies:
            covering = ((s, self._covers(s, grant.reach)) for s in policy.allows)
            found += _refs(policy, (s for s, truth in covering if self._certain(truth, Effect.ALLOW)))
        return tuple(found)

    def _covers(self, statement: Statement, reach: Reach | None) -> Truth:
        if reach is None:
            return statement_covers(statement, self._case)
        truth = applies(statement, self._case)
        return truth if truth == NO else truth.and_(reaches(statement, self._case).get(reach, NO))
