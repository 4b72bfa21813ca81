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
from identities import identities
from places import PLACES, Holder
from policies import Ids, known_text, read_policies

import iamproof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claim import Example, Question
    from identities import Identity
    from resources import Resource, Stack

    from iamproof import Policy

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
KEYS = ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey")
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
CARRIED = {"git-codecommit": "codecommit", "monitoring": "cloudwatch"}
"""Endpoints whose actions have another prefix than the endpoint's name."""
SUBJECTS = {BUCKET_POLICY: "bucket", KEY_POLICY: "keyId", ENDPOINT_POLICY: "vpcEndpointId"}


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """A resource with a policy of its own.

    `name` is what the program calls it, `called` its ARN (for an endpoint its id), references and all. `policy` is
    None where it has none: a bucket then admits whom identities admit, an endpoint everybody.
    """

    urn: str
    name: str
    called: str
    tags: Mapping[str, str]
    service: str = ""
    policy: Policy | None = None
    problems: tuple[str, ...] = ()


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

    def account_of(self, question: Question) -> iamproof.Account:
        """Return what decides the requests that a question asks about.

        A policy on a resource counts where an action of its service is asked about, a role's trust policy and the
        policies of the endpoints where the question says so. Without an identity all principals of other accounts ask,
        or all of this one.
        """
        one = question.identity
        whose = iamproof.Whose.OWN if question.inside else iamproof.Whose.OTHERS
        services = frozenset(pattern.split(":", 1)[0] for pattern in question.query.patterns)
        trusts = (
            iamproof.Guarded(resources=(role.principal.arn,), policy=role.trust, kind="trust")
            for role in question.roles
            if role.trust
        )
        return iamproof.Account(
            id=self.account,
            actors=(iamproof.Actor(principal=one.principal, identity=one.policies, boundary=one.boundary),)
            if one
            else (),
            anybody=() if one else (iamproof.Anybody(whose=whose),),
            guarded=() if question.alone else (*self._guarded_of(services), *trusts),
            endpoints=self._ways if question.endpoints else (),
            unreadable=(*(one.problems if one else ()), *self.problems),
        )

    def whole_account(self, beside: Iterable[Identity] = ()) -> iamproof.Account:
        """Return the account with everybody in it: the identities of the stack, who is given, and strangers."""
        everybody = (*self.identities, *beside)
        trusts = (
            iamproof.Guarded(resources=(one.principal.arn,), policy=one.trust, kind="trust")
            for one in self.identities
            if one.trust
        )
        return iamproof.Account(
            id=self.account,
            actors=tuple(
                iamproof.Actor(principal=one.principal, identity=one.policies, boundary=one.boundary)
                for one in everybody
            ),
            anybody=(iamproof.Anybody(),),
            guarded=(*self._guarded, *trusts),
            endpoints=self._ways,
            unreadable=tuple(dict.fromkeys(text for one in everybody for text in one.problems)) + self.problems,
        )

    def environment_of(self, example: Example) -> iamproof.Environment:
        """Return what decides one request: the policies of who asks, of what it is about, and of the way it takes."""
        one, about = example.identity, example.resource
        role = self.by_arn.get(about) if example.action.startswith("sts:") else None
        found = next((each for each in self._guarded if any(_is_in(about, named) for named in each.resources)), None)
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

    def _guarded_of(self, services: frozenset[str]) -> tuple[iamproof.Guarded, ...]:
        """Return the policies on resources of some services; what names no service is asked of all."""
        named = services if all(service.isalnum() for service in services) else None
        return tuple(
            guarded for guarded in self._guarded if named is None or guarded.resources[0].split(":")[2] in named
        )

    @cached_property
    def _guarded(self) -> tuple[iamproof.Guarded, ...]:
        kinds: tuple[tuple[tuple[Guarded, ...], iamproof.ResourceKind, bool], ...] = (
            (self.buckets, "bucket", True),
            (self.keys, "key", False),
            (self.others, "other", True),
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
    standalone = dict(_standalone(stack, ids))
    where = f"arn:{partition}:kms:{region}:{account}:key/"
    return StackPolicies(
        account=account,
        region=region,
        partition=partition,
        identities=identities(stack, account, partition, ids),
        stack=stack,
        ids=ids.by_reference,
        buckets=tuple(
            _guarded(
                one, f"arn:{partition}:s3:::{known_text(one, 'bucket')}", known_text(one, "bucket"), standalone, ids
            )
            for one in stack.of_type(*BUCKETS)
        ),
        keys=tuple(
            _guarded(one, f"{where}{ids.of(one)}", ids.of(one), standalone, ids) for one in stack.of_type(*KEYS)
        ),
        endpoints=tuple(_guarded(one, ids.of(one), ids.of(one), standalone, ids) for one in stack.of_type(ENDPOINT)),
        others=tuple(_others(stack, ids)),
    )


def _standalone(stack: Stack, ids: Ids) -> Iterator[tuple[str, Resource]]:
    """Yield policies that are resources of their own, by what they are put on: a name, an id or a reference."""
    for kind, path in SUBJECTS.items():
        for resource in stack.of_type(kind):
            named = known_text(resource, path)
            if named:
                yield named.rsplit("key/", 1)[-1], resource
                continue
            for urn in resource.came_from(path):
                source = stack.by_urn.get(urn)
                called = (known_text(source, "bucket") or ids.of(source)) if source else None
                if called:
                    yield called, resource


def _guarded(
    resource: Resource, called: str, subject: str | None, standalone: Mapping[str, Resource], ids: Ids
) -> Guarded:
    found = [*read_policies(resource, ids)]
    beside = standalone.get(subject or "")
    if beside is not None:
        found += read_policies(beside, ids)
    problems = [one.problem for one in found if one.problem]
    policies = [one.policy for one in found if one.policy]
    if len(policies) > 1:
        problems.append(f"{resource.name} has its policy twice, on itself and beside it")
    if subject is None:
        problems.append(f"what {resource.name} is called is not known yet")
    tags = resource.read("tags").value
    return Guarded(
        urn=resource.urn,
        name=resource.name,
        called=called,
        tags={key: value for key, value in tags.items() if isinstance(value, str)} if isinstance(tags, dict) else {},
        service=known_text(resource, "serviceName") or "",
        policy=policies[0] if policies else None,
        problems=tuple(problems),
    )


def _others(stack: Stack, ids: Ids) -> Iterator[Guarded]:
    """Yield resource policies of further kinds: repositories, topics, queues, secrets, file systems.

    Where an ARN is not known yet the policy counts for everything of its service: that admits more, never less.
    """
    for kind, held in PLACES.items():
        if Holder.RESOURCE not in held.values():
            continue
        for resource in stack.of_type(kind):
            for found in read_policies(resource, ids):
                yield Guarded(
                    urn=resource.urn,
                    name=resource.name,
                    called=known_text(resource, "arn")
                    or f"arn:{accounts.partition()}:{kind.split(':')[1].split('/')[0]}:*",
                    tags={},
                    policy=found.policy,
                    problems=(found.problem,) if found.problem else (),
                )
