"""Who asks, under which policies: what a query is put to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from iamproof.environment import Environment
from iamproof.matching import Glob
from iamproof.partition import classes
from iamproof.query import Anything, Equals, OtherThan, Texts, Values, as_values
from iamproof.shapes import text_shape
from iamproof.strangers import EVERYTHING, Anybody

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamproof.environment import Level, ResourceKind
    from iamproof.model import Policy, Statement
    from iamproof.principal import Principal
    from iamproof.query import Query

ANY_TEXT_AT_ALL = Texts()
_ENDPOINT, _OWNER = "aws:sourcevpce", "aws:resourceaccount"
_STRANGER = "999999999999"
"""Stands for every account that no policy names."""


@dataclass(frozen=True)
class Situation:
    """A principal and the policies that decide its requests.

    `within` and `context` narrow the requests beyond the query: to the resources whose policy is in the environment,
    and to the endpoint whose policy is. `services` narrows them to the actions of services by their prefixes, empty for
    all. With `open_tags` the principal may have any tags beside those that it is listed with. One that `stands_for`
    others has a name that policies do not tell from theirs; what a variable that holds the name would match is not
    known then.
    """

    principal: Principal
    environment: Environment
    within: Texts = ANY_TEXT_AT_ALL
    context: Mapping[str, Values] = field(default_factory=dict, hash=False)
    services: tuple[str, ...] = ()
    open_tags: bool = False
    stands_for: bool = False


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

    @cached_property
    def globs(self) -> tuple[Glob, ...]:
        """The patterns of its ARNs."""
        return tuple(map(Glob.of, self.resources))


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A VPC endpoint by its id, with its policy; `services` are the prefixes of actions that it carries."""

    id: str
    policy: Policy | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as policies see it: who acts, what is guarded by a policy of its own, which endpoints there are.

    `anybody` are principals that are not listed, strangers above all, who are asked about like the actors.
    `unreadable` names documents that could not be read: then nothing is proved.
    """

    id: str
    actors: tuple[Actor, ...] = ()
    guarded: tuple[Guarded, ...] = ()
    anybody: tuple[Anybody, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    service_controls: tuple[Level, ...] = ()
    resource_controls: tuple[Level, ...] = ()
    unreadable: tuple[str, ...] = ()

    def situations(self, query: Query, told: Iterable[Statement] = ()) -> Iterator[Situation]:
        """Yield who may ask what the query means, by which resource policy and through which endpoint.

        Of `anybody` one principal of each class that the account's policies, and the statements `told`, tell apart.
        """
        for actor in self.actors:
            if _asks(actor.principal, query, open_tags=False):
                yield from self._of(actor, query)
        for anybody in self.anybody:
            for principal in anybody.principals(self.id, (*self.statements(), *told), query):
                if not query.kinds or principal.kind in query.kinds:
                    named = as_values(query.principals).every.listed or anybody.arns.every.listed
                    everything = Actor(principal=principal, identity=(EVERYTHING,))
                    for situation in self._of(everything, query):
                        yield replace(situation, open_tags=True, stands_for=not named)

    def guards(self, query: Query) -> bool:
        """Whether a policy of a resource is among those that a query asks about."""
        return any(_may_meet(query.asked, guarded.globs) for guarded in self.guarded)

    def _of(self, actor: Actor, query: Query) -> Iterator[Situation]:
        endpoints = [*self._endpoints(query)]
        for owner in self._owners(query):
            for guarded, within in self._resources(query, owner):
                for endpoint, vpce in endpoints:
                    environment = self._environment(actor, guarded, endpoint, owner)
                    services = endpoint.services if endpoint else ()
                    yield Situation(actor.principal, environment, within, {_ENDPOINT: vpce}, services)

    def _owners(self, query: Query) -> Iterator[str]:
        """Whose resources are asked about: the account's own and a stranger's, unless the query says otherwise."""
        said = query.keys.get(_OWNER, Anything)
        asked = dict.fromkeys((self.id, *(said.every.listed or ()), _STRANGER))
        yield from (account for account in asked if said.admits((account,)))

    def statements(self) -> Iterator[Statement]:
        """The statements that may speak of anybody."""
        controls = (policy for level in (*self.service_controls, *self.resource_controls) for policy in level)
        ends = (endpoint.policy for endpoint in self.endpoints if endpoint.policy)
        for policy in (*(guarded.policy for guarded in self.guarded), *ends, *controls):
            yield from policy.statements

    def _resources(self, query: Query, owner: str) -> Iterator[tuple[Guarded | None, Texts]]:
        """Yield what is guarded as far as it is asked about, and then what is not guarded."""
        named: list[Glob] = []
        for guarded in self.guarded:
            own = guarded.globs
            if owner == self.id and _may_meet(query.asked, own):
                yield guarded, Texts(own)
            named += own
        if query.asked.like is None or not set(query.asked.like) <= set(named):
            yield None, Texts(other_than=tuple(named))

    def _endpoints(self, query: Query) -> Iterator[tuple[Endpoint | None, Values]]:
        """Yield each endpoint with a policy that requests of the query may pass, and then all other ways."""
        said = query.keys.get(_ENDPOINT, Anything)
        limited = [endpoint for endpoint in self.endpoints if endpoint.policy]
        for endpoint in limited:
            services = {pattern.partition(":")[0].lower() for pattern in query.patterns}
            carried = not endpoint.services or "*" in services or not services.isdisjoint(endpoint.services)
            if carried and said.admits((endpoint.id,)):
                yield endpoint, Equals(endpoint.id)
        listed = {endpoint.id for endpoint in limited}
        if not (said.every.listed and listed.issuperset(said.every.listed) and not said.missing):
            yield None, OtherThan(*listed).or_missing() if limited else Anything

    def _environment(self, actor: Actor, guarded: Guarded | None, endpoint: Endpoint | None, owner: str) -> Environment:
        return Environment(
            identity=actor.identity,
            boundary=actor.boundary,
            session=actor.session,
            resource=guarded.policy if guarded else None,
            resource_kind=guarded.kind if guarded else "other",
            endpoint=endpoint.policy if endpoint else None,
            service_controls=self.service_controls,
            resource_controls=self.resource_controls,
            resource_account=owner,
            account=self.id,
        )


def _asks(principal: Principal, query: Query, *, open_tags: bool) -> bool:
    """Whether a query means this principal."""
    if query.kinds and principal.kind not in query.kinds:
        return False
    folded = {tag.lower(): value for tag, value in principal.tags.items()}
    for tag, values in query.tags.items():
        known = tag.lower() in folded
        if (known or not open_tags) and not as_values(values).admits((folded[tag.lower()],) if known else ()):
            return False
    return as_values(query.principals).admits((principal.arn,))


@lru_cache(maxsize=1 << 12)
def _may_meet(asked: Texts, patterns: tuple[Glob, ...]) -> bool:
    """Whether some text is asked about and matches one of the patterns, as far as both say what they match."""
    if asked.like is None:
        return True
    return bool(classes(frozenset(), (tuple(map(text_shape, asked.like)), tuple(map(text_shape, patterns)))))


def situations_of(where: Account | Situation | Iterable[Situation], query: Query) -> Iterator[Situation]:
    """Yield the situations in which a query is asked."""
    if isinstance(where, Account):
        yield from where.situations(query)
        return
    for situation in (where,) if isinstance(where, Situation) else where:
        if _asks(situation.principal, query, open_tags=situation.open_tags):
            yield situation
