"""The stack as iamproof sees it: its users and roles, and the policies on buckets, keys, endpoints and the rest.

What the proofs do not see stands in docs/proofs.md: security groups, routes, access control lists, grants of keys,
policies outside the stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import accounts
import stack_config
from guarded import ANY_SERVICE, GuardedReader
from identities import identities
from policies import Ids

import iamproof

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claim import Example, Question
    from guarded import Guarded
    from identities import Identity
    from resources import Stack

CARRIED = {"git-codecommit": "codecommit", "monitoring": "cloudwatch"}
"""Endpoints whose actions have another prefix than the endpoint's name."""


@dataclass(frozen=True, kw_only=True)
class StackPolicies:
    """Every policy of the stack that decides requests.

    `others` are resource policies of further kinds, `stack` the resources themselves; `ids` says what references, such
    as ``subnet/apne1-az1``, are called.
    """

    account: str
    region: str
    partition: str
    identities: tuple[Identity, ...]
    stack: Stack
    ids: Mapping[str, str]
    buckets: tuple[Guarded, ...]
    keys: tuple[Guarded, ...]
    endpoints: tuple[Guarded, ...]
    others: tuple[Guarded, ...] = ()

    @cached_property
    def by_arn(self) -> Mapping[str, Identity]:
        """The users and roles by ARN."""
        return {one.principal.arn: one for one in self.identities}

    def account_of(self, question: Question, *, surely: bool = False) -> iamproof.Account:
        """Return what decides the requests that a question asks about.

        A policy on a resource counts where an action of its service is asked about, a role's trust policy and the
        policies of the endpoints where the question says so. Without an identity all principals of other accounts ask,
        or all of this one. `surely` leaves out policies of which nobody knows on what they are put: what they allow is
        possible and not certain.
        """
        one = question.identity
        whose = iamproof.Whose.OWN if question.inside else iamproof.Whose.OTHERS
        services = frozenset(pattern.split(":", 1)[0] for pattern in question.query.patterns)
        guarded = self._guarded_of(services, surely=surely)
        return iamproof.Account(
            id=self.account,
            actors=_actors((one,)) if one else (),
            anybody=() if one else (iamproof.Anybody(whose=whose),),
            guarded=() if question.alone else (*guarded, *_trusts(question.roles)),
            endpoints=self._ways if question.endpoints else (),
            unreadable=(*(one.problems if one else ()), *self.problems),
        )

    def whole_account(self, beside: Iterable[Identity] = ()) -> iamproof.Account:
        """Return the account with everybody in it: the identities of the stack, who is given, and strangers."""
        everybody = (*self.identities, *beside)
        return iamproof.Account(
            id=self.account,
            actors=_actors(everybody),
            anybody=(iamproof.Anybody(),),
            guarded=(*self._guarded, *_trusts(self.identities)),
            endpoints=self._ways,
            unreadable=tuple(dict.fromkeys(text for one in everybody for text in one.problems)) + self.problems,
        )

    def environment_of(self, example: Example) -> iamproof.Environment:
        """Return what decides one request: the policies of who asks, of what it is about, and of the way it takes."""
        one, about = example.identity, example.resource
        role = self.by_arn.get(about) if example.action.startswith("sts:") else None
        found = next((each for each in self._certain if any(_is_in(about, named) for named in each.resources)), None)
        ways = (each.policy for each in self.endpoints if each.called == example.context.get("aws:SourceVpce"))
        return iamproof.Environment(
            identity=one.policies,
            boundary=one.boundary,
            resource=role.trust if role else found.policy if found else None,
            resource_kind="trust" if role else found.kind if found else "other",
            endpoint=next(ways, None),
            resource_account=self.account,
            account=self.account,
        )

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """What of the policies on resources cannot be read."""
        guarded = (*self.buckets, *self.keys, *self.endpoints, *self.others)
        return tuple(problem for one in guarded for problem in one.problems)

    def _guarded_of(self, services: frozenset[str], *, surely: bool) -> tuple[iamproof.Guarded, ...]:
        """Return the policies on resources of some services; what names no service is asked of all."""
        held = self._certain if surely else self._guarded
        if not all(service.isalnum() for service in services):
            return held
        named = {*services, ANY_SERVICE}
        return tuple(guarded for guarded in held if guarded.resources[0].split(":")[2] in named)

    @cached_property
    def _guarded(self) -> tuple[iamproof.Guarded, ...]:
        return self._held(self.others)

    @cached_property
    def _certain(self) -> tuple[iamproof.Guarded, ...]:
        return self._held(tuple(one for one in self.others if one.surely))

    def _held(self, others: tuple[Guarded, ...]) -> tuple[iamproof.Guarded, ...]:
        kinds: tuple[tuple[tuple[Guarded, ...], iamproof.ResourceKind, bool], ...] = (
            (self.buckets, "bucket", True),
            (self.keys, "key", False),
            (others, "other", True),
        )
        return tuple(
            iamproof.Guarded(
                resources=(one.called, f"{one.called}/*") if holds_more else (one.called,), policy=one.policy, kind=kind
            )
            for guarded, kind, holds_more in kinds
            for one in guarded
            if one.policy
        )

    @cached_property
    def _ways(self) -> tuple[iamproof.Endpoint, ...]:
        return tuple(
            iamproof.Endpoint(id=one.called, policy=one.policy, services=(carried_by(one.service),))
            for one in self.endpoints
        )

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this account and Region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"


def _actors(identities: Iterable[Identity]) -> tuple[iamproof.Actor, ...]:
    return tuple(
        iamproof.Actor(principal=one.principal, identity=one.policies, boundary=one.boundary) for one in identities
    )


def _trusts(roles: Iterable[Identity]) -> tuple[iamproof.Guarded, ...]:
    return tuple(
        iamproof.Guarded(resources=(role.principal.arn,), policy=role.trust, kind="trust")
        for role in roles
        if role.trust
    )


def _is_in(arn: str, named: str) -> bool:
    """Return whether an ARN is the one named, or is below it where that ends in a star."""
    return arn.startswith(named[:-1]) if named.endswith("*") else arn == named


def carried_by(service_name: str) -> str:
    """Return the prefix of the actions that an endpoint carries, such as ``sagemaker`` for ``….sagemaker.api``."""
    last = service_name.removeprefix("com.amazonaws.").removeprefix("aws.")
    if last.startswith("sagemaker."):
        return "sagemaker"
    name = last.partition(".")[2] or last
    return CARRIED.get(name, name.split(".", 1)[0])


def read_stack(stack: Stack) -> StackPolicies:
    """Return the policies of the stack, from its resources alone and the account that the stack config names."""
    ids = Ids(stack)
    account = next(iter(stack_config.account_ids()), "")
    partition, region = accounts.partition(), stack_config.region() or ""
    guarded = GuardedReader(stack, ids, account, partition, region)
    return StackPolicies(
        account=account,
        region=region,
        partition=partition,
        identities=identities(stack, account, partition, ids),
        stack=stack,
        ids=ids.by_reference,
        buckets=guarded.buckets(),
        keys=guarded.keys(),
        endpoints=guarded.endpoints(),
        others=guarded.others(),
    )
