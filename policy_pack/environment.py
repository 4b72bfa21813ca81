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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from identities import Identity
    from resources import Resource, Stack

    from iamproof import Policy

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
KEYS = ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey")
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
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
    """Every policy of the stack that decides requests. `others` are resource policies of further kinds."""

    account: str
    region: str
    partition: str
    identities: tuple[Identity, ...]
    buckets: tuple[Guarded, ...]
    keys: tuple[Guarded, ...]
    endpoints: tuple[Guarded, ...]
    others: tuple[Guarded, ...] = ()

    @cached_property
    def by_arn(self) -> Mapping[str, Identity]:
        """The users and roles by ARN."""
        return {one.principal.arn: one for one in self.identities}

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this account and Region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"


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
    """Yield resource policies of further kinds: repositories, topics, queues, secrets, file systems."""
    for kind, held in PLACES.items():
        if Holder.RESOURCE not in held.values():
            continue
        for resource in stack.of_type(kind):
            for found in read_policies(resource, ids):
                yield Guarded(
                    urn=resource.urn,
                    name=resource.name,
                    called=known_text(resource, "arn") or resource.name,
                    tags={},
                    policy=found.policy,
                    problems=(found.problem,) if found.problem else (),
                )
