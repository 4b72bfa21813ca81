"""What has to allow a request, and whose Denies count: the structure of the decision, apart from any condition.

It depends on who asks, on the service and on whose resource it is. `evaluate` asks it of one request and the prover of
many at once, so that both decide by the same rules.

Sources: IAM User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic" and "Permissions
boundaries"; AWS KMS Developer Guide, "Key policies"; AWS Organizations User Guide, "SCP evaluation".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iamproof.principal import PrincipalKind
from iamproof.statements import Reach
from iamproof.truth import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.environment import Environment, Request
    from iamproof.model import Policy


@dataclass(frozen=True)
class Grant:
    """An Allow in one of the policies; for a resource policy, one that reaches the principal in this way."""

    name: str
    policies: tuple[Policy, ...]
    reach: Reach | None = None


@dataclass(frozen=True)
class Every:
    """All of them; none is always there."""

    parts: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Some:
    """One of them, the first that is there."""

    parts: tuple[Need, ...]


Need = Grant | Every | Some

_PRINCIPALS_WITH_POLICIES = frozenset(
    {PrincipalKind.USER, PrincipalKind.ROLE, PrincipalKind.ROOT, PrincipalKind.FEDERATED_USER},
)


def asks_trust(action: str) -> bool:
    """Whether the trust policy of a role decides about the action: only whether somebody may assume the role."""
    return action.lower().startswith("sts:")


class Requirements:
    """What a request needs; `endpoint_counts` says whether the policy of the endpoint is known to apply."""

    def __init__(self, request: Request, environment: Environment, reading: Reading, *, endpoint_counts: bool) -> None:
        self._environment = environment
        self._reading = reading
        self._principal = request.principal
        self._home = environment.account_of(request)
        self._resource_account = environment.resource_account_of(request) or self._home
        self._endpoint = environment.endpoint if endpoint_counts else None
        self._resource = environment.resource
        self._must_allow = environment.resource_kind in {"key", "trust"}
        if environment.resource_kind == "trust" and not asks_trust(request.action):
            # A trust policy says who may assume the role; iam:PassRole and iam:GetRole do not ask it.
            self._resource, self._must_allow = None, False

    @property
    def denying(self) -> Iterable[Policy]:
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

    @property
    def allowing(self) -> Every:
        """What has to allow."""
        levels = enumerate(self._binding_controls())
        controls = tuple(Grant(f"service_controls[{index}]", level) for index, level in levels)
        endpoint = (Grant("endpoint", (self._endpoint,)),) if self._endpoint else ()
        return Every((*controls, *endpoint, self._base()))

    def _has_policies(self) -> bool:
        return self._principal.kind in _PRINCIPALS_WITH_POLICIES

    def _binding_controls(self) -> tuple[tuple[Policy, ...], ...]:
        """Service control policies bind the principals of the account, service-linked roles excepted."""
        own = self._has_policies() and self._principal.account == self._home
        return self._environment.service_controls if own and not self._principal.is_service_linked else ()

    def _base(self) -> Need:
        """Identity and resource policy with boundary and session policy."""
        direct = self._by_resource(Reach.DIRECT)
        if not self._has_policies():
            return direct
        limits = self._limits()
        if self._principal.account != self._resource_account:
            named = Some(tuple(self._by_resource(reach) for reach in Reach))
            return Every((self._identity("identity"), *limits, self._foreign_or(named)))
        role = self._by_resource(Reach.ROLE)
        if self._must_allow:
            delegated = self._foreign_or(self._by_resource(Reach.ACCOUNT))
            own: Need = Every((self._identity("identity"), delegated))
        else:
            own = self._identity("identity or resource")
        return Some((direct, Every((*limits, Some((role, own))))))

    def _by_resource(self, reach: Reach) -> Grant:
        return Grant("resource", (self._resource,) if self._resource else (), reach)

    def _identity(self, name: str) -> Need:
        if self._principal.kind is PrincipalKind.ROOT:
            return Every()
        environment = self._environment
        foreign = self._principal.account not in {environment.account, self._resource_account}
        # Who owns the other account can write any identity policy there.
        unknown = foreign and not environment.identity and self._reading is Reading.BRACKET
        return Every() if unknown else Grant(name, environment.identity)

    def _foreign_or(self, need: Need) -> Need:
        """A policy of another account that is not given is whatever its owner likes."""
        unknown = self._resource is None and self._resource_account != self._home
        return Every() if unknown else need

    def _limits(self) -> tuple[Grant, ...]:
        boundary, sessions = self._environment.boundary, self._environment.sessions
        limits = (Grant("boundary", (boundary,)),) if boundary else ()
        return limits if sessions is None else (*limits, Grant("session", sessions))
