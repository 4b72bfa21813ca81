"""Deciding one request: allowed, denied explicitly, or denied because nothing allows it.

Sources: IAM User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic" and "Permissions
boundaries"; AWS KMS Developer Guide, "Key policies"; AWS Organizations User Guide, "SCP evaluation".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from iamproof.context import context_of
from iamproof.model import Effect, Policy
from iamproof.principal import PrincipalKind
from iamproof.statements import Case, Reach, applies, reaches, statement_covers
from iamproof.truth import NO, Reading, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iamproof.environment import Environment, Request
    from iamproof.model import Statement


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


Grant = tuple[StatementRef, ...] | None
"""The Allows of a policy kind, None for no Allow; an empty tuple allows without a statement."""

_PRINCIPALS_WITH_POLICIES = frozenset(
    {PrincipalKind.USER, PrincipalKind.ROLE, PrincipalKind.ROOT, PrincipalKind.FEDERATED_USER},
)
_TRUST_ACTIONS = "sts:"


def evaluate(request: Request, environment: Environment, *, reading: Reading = Reading.EXACT) -> Decision:
    """Decide the request by the policies of the environment."""
    return _Evaluation(request, environment, reading).decision()


def _refs(policy: Policy, statements: Iterable[Statement]) -> tuple[StatementRef, ...]:
    return tuple(StatementRef(policy.name, s.sid, s.effect, s.position) for s in statements)


class _Evaluation:
    """One request under way."""

    def __init__(self, request: Request, environment: Environment, reading: Reading) -> None:
        self._environment = environment
        self._reading = reading
        self._principal = request.principal
        context = context_of(request, environment)
        self._case = Case(request, request.action.lower(), context, environment.boundary is not None)
        self._home = environment.account_of(request)
        self._resource_account = environment.resource_account_of(request) or self._home
        self._endpoint = environment.endpoint
        if reading is Reading.BRACKET and "aws:sourcevpce" not in context:
            # Without the key nothing says that the request passed an endpoint.
            self._endpoint = None
        self._resource = environment.resource
        self._must_allow = environment.resource_kind in {"key", "trust"}
        if environment.resource_kind == "trust" and not self._case.action.startswith(_TRUST_ACTIONS):
            # A trust policy says who may assume the role; iam:PassRole and iam:GetRole do not ask it.
            self._resource, self._must_allow = None, False

    def decision(self) -> Decision:
        denies = tuple(ref for policy in self._policies() for ref in self._denies(policy))
        if denies:
            return Decision(Outcome.EXPLICIT_DENY, denies)
        missing: list[str] = []
        allows: list[StatementRef] = []
        for name, grant in self._layers():
            if grant is None:
                missing.append(name)
            else:
                allows += grant
        if missing:
            return Decision(Outcome.IMPLICIT_DENY, missing=tuple(missing))
        return Decision(Outcome.ALLOWED, tuple(dict.fromkeys(allows)))

    def _has_policies(self) -> bool:
        return self._principal.kind in _PRINCIPALS_WITH_POLICIES

    def _binding_controls(self) -> tuple[tuple[Policy, ...], ...]:
        """Service control policies bind the principals of the account, service-linked roles excepted."""
        own = self._has_policies() and self._principal.account == self._home
        return self._environment.service_controls if own and not self._principal.is_service_linked else ()

    def _policies(self) -> Iterable[Policy]:
        """Every policy whose Deny counts."""
        environment = self._environment
        if self._has_policies():
            yield from environment.identity
            yield from (environment.boundary,) if environment.boundary else ()
            yield from environment.sessions or ()
        yield from (policy for policy in (self._resource, self._endpoint) if policy)
        for level in self._binding_controls():
            yield from level
        if self._resource_account == self._home and not self._principal.is_service_linked:
            for level in environment.resource_controls:
                yield from level

    def _certain(self, truth: Truth, effect: Effect) -> bool:
        if self._reading is Reading.EXACT:
            return truth.exact
        return truth.high if effect is Effect.ALLOW else truth.low

    def _denies(self, policy: Policy) -> tuple[StatementRef, ...]:
        denies = (s for s in policy.statements if s.effect is Effect.DENY)
        return _refs(policy, (s for s in denies if self._certain(statement_covers(s, self._case), Effect.DENY)))

    def _allow(self, policies: Iterable[Policy]) -> Grant:
        """Return the Allows in any of the policies."""
        found: list[StatementRef] = []
        for policy in policies:
            allows = (s for s in policy.statements if s.effect is Effect.ALLOW)
            found += _refs(policy, (s for s in allows if self._certain(statement_covers(s, self._case), Effect.ALLOW)))
        return tuple(found) or None

    def _layers(self) -> Iterable[tuple[str, Grant]]:
        """Each kind of policy that has to allow, with its Allows."""
        for index, level in enumerate(self._binding_controls()):
            yield f"service_controls[{index}]", self._allow(level)
        if self._endpoint:
            yield "endpoint", self._allow((self._endpoint,))
        yield from self._base()

    def _base(self) -> Iterable[tuple[str, Grant]]:
        """Identity and resource policy with boundary and session policy."""
        granted = self._resource_grants()
        if not self._has_policies():
            yield "resource", granted[Reach.DIRECT]
            return
        limits = self._limits()
        if self._principal.account != self._resource_account:
            yield "identity", self._identity()
            yield from limits
            yield "resource", self._foreign_or(_union(granted.values()))
            return
        if granted[Reach.DIRECT] is not None:
            yield "resource", granted[Reach.DIRECT]
            return
        yield from limits
        if granted[Reach.ROLE] is not None:
            yield "resource", granted[Reach.ROLE]
            return
        yield "identity" if self._must_allow else "identity or resource", self._identity()
        if self._must_allow:
            yield "resource", self._foreign_or(granted[Reach.ACCOUNT])

    def _identity(self) -> Grant:
        if self._principal.kind is PrincipalKind.ROOT:
            return ()
        environment = self._environment
        foreign = self._principal.account not in {environment.account, self._resource_account}
        # Who owns the other account can write any identity policy there.
        unknown = foreign and not environment.identity and self._reading is Reading.BRACKET
        return () if unknown else self._allow(environment.identity)

    def _foreign_or(self, grant: Grant) -> Grant:
        """A policy of another account that is not given is whatever its owner likes."""
        unknown = self._resource is None and self._resource_account != self._home
        return () if unknown else grant

    def _limits(self) -> tuple[tuple[str, Grant], ...]:
        boundary, sessions = self._environment.boundary, self._environment.sessions
        limits: list[tuple[str, Grant]] = []
        if boundary:
            limits.append(("boundary", self._allow((boundary,))))
        if sessions is not None:
            limits.append(("session", self._allow(sessions)))
        return tuple(limits)

    def _resource_grants(self) -> Mapping[Reach, Grant]:
        """Return the resource policy's Allows by how they reach the principal."""
        found: dict[Reach, list[StatementRef]] = {reach: [] for reach in Reach}
        for statement in self._resource.statements if self._resource else ():
            if statement.effect is not Effect.ALLOW:
                continue
            truth = applies(statement, self._case)
            if truth == NO:
                continue
            for reach, reached in reaches(statement, self._case).items():
                if self._certain(truth.and_(reached), Effect.ALLOW) and self._resource:
                    found[reach] += _refs(self._resource, (statement,))
        return {reach: tuple(refs) or None for reach, refs in found.items()}


def _union(grants: Iterable[Grant]) -> Grant:
    return tuple(ref for grant in grants if grant is not None for ref in grant) or None
