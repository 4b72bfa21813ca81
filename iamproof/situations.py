"""Who asks, under which policies: what a query is put to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iamproof.environment import Environment
from iamproof.matching import Glob
from iamproof.query import Anything, Equals, OtherThan, Texts, Values, as_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamproof.environment import Level, ResourceKind
    from iamproof.model import Policy
    from iamproof.principal import Principal
    from iamproof.query import Query

ANY_TEXT_AT_ALL = Texts()
_ENDPOINT = "aws:sourcevpce"


@dataclass(frozen=True)
class Situation:
    """A principal and the policies that decide its requests.

    `within` and `context` narrow the requests beyond the query: to the resources whose policy is in the environment,
    and to the endpoint whose policy is. `service` narrows them to one service's actions, empty for all.
    """

    principal: Principal
    environment: Environment
    within: Texts = ANY_TEXT_AT_ALL
    context: Mapping[str, Values] = field(default_factory=dict, hash=False)
    services: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A principal of the account with what is attached to it; policies of its groups are among `identity`."""

    principal: Principal
    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """Resources, as patterns of ARNs, with the policy that is attached to them."""

    resources: tuple[str, ...]
    policy: Policy
    kind: ResourceKind = "other"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A VPC endpoint by its id, with its policy; `services` are the prefixes of actions that it carries."""

    id: str
    policy: Policy | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as policies see it: who acts, what is guarded by a policy of its own, which endpoints there are.

    `unreadable` names documents that could not be read: then nothing is proved.
    """

    id: str
    actors: tuple[Actor, ...] = ()
    guarded: tuple[Guarded, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    service_controls: tuple[Level, ...] = ()
    resource_controls: tuple[Level, ...] = ()
    unreadable: tuple[str, ...] = ()

    def situations(self, query: Query) -> Iterator[Situation]:
        """Yield who may ask what the query means, by which resource policy and through which endpoint."""
        for actor in self.actors:
            if _asks(actor.principal, query):
                for guarded, within in self._resources():
                    for endpoint, vpce in self._endpoints():
                        environment = self._environment(actor, guarded, endpoint)
                        services = endpoint.services if endpoint else ()
                        yield Situation(actor.principal, environment, within, {_ENDPOINT: vpce}, services)

    def _resources(self) -> Iterator[tuple[Guarded | None, Texts]]:
        named: list[Glob] = []
        for guarded in self.guarded:
            own = tuple(map(Glob.of, guarded.resources))
            yield guarded, Texts(own)
            named += own
        yield None, Texts(other_than=tuple(named))

    def _endpoints(self) -> Iterator[tuple[Endpoint | None, Values]]:
        limited = [endpoint for endpoint in self.endpoints if endpoint.policy]
        for endpoint in limited:
            yield endpoint, Equals(endpoint.id)
        yield None, OtherThan(*(endpoint.id for endpoint in limited)).or_missing() if limited else Anything

    def _environment(self, actor: Actor, guarded: Guarded | None, endpoint: Endpoint | None) -> Environment:
        return Environment(
            identity=actor.identity,
            boundary=actor.boundary,
            session=actor.session,
            resource=guarded.policy if guarded else None,
            resource_kind=guarded.kind if guarded else "other",
            endpoint=endpoint.policy if endpoint else None,
            service_controls=self.service_controls,
            resource_controls=self.resource_controls,
            account=self.id,
        )


def _asks(principal: Principal, query: Query) -> bool:
    """Whether a query means this principal."""
    if query.kinds and principal.kind not in query.kinds:
        return False
    folded = {tag.lower(): value for tag, value in principal.tags.items()}
    for tag, values in query.tags.items():
        if not as_values(values).admits((folded[tag.lower()],) if tag.lower() in folded else ()):
            return False
    return as_values(query.principals).admits((principal.arn,))


def situations_of(where: Account | Situation | Iterable[Situation], query: Query) -> Iterator[Situation]:
    """Yield the situations in which a query is asked."""
    if isinstance(where, Account):
        yield from where.situations(query)
        return
    for situation in (where,) if isinstance(where, Situation) else where:
        if _asks(situation.principal, query):
            yield situation
