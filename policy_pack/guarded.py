"""Policies that stand on resources: buckets, keys, endpoints, and whatever else can hold one.

A policy is on its resource, or is a resource of its own beside it. One that is put on something that this stack does
not make counts for that thing. Where nobody knows yet on what it is put, its Allows count for all that it may be, in
safety claims alone, and its Denies for nothing: it may admit more than it seems, and must not refuse more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from places import PLACES, Holder
from policies import known_text, read_policies

import iamproof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policies import Ids, Readable
    from resources import Resource, Stack

    from iamproof import Policy

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
KEYS = ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey")
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
SUBJECTS = {BUCKET_POLICY: "bucket", KEY_POLICY: "keyId", ENDPOINT_POLICY: "vpcEndpointId"}

SAME_NAME = frozenset(("backup", "codeartifact", "ecr", "lambda", "sagemaker", "secretsmanager", "sns", "sqs"))
"""Modules of Pulumi's provider that are called as ARNs and actions call their service."""
SERVICES = {
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "events",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "logs",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "elasticfilesystem",
}
"""The service of types whose module is called otherwise, as ARNs call it."""
ANY_SERVICE = "*"


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """A resource with a policy of its own.

    `name` is what the program calls it, `called` its ARN (for an endpoint its id), references and all. `policy` is
    None where it has none: a bucket then admits whom identities admit, an endpoint everybody. Where `surely` is false
    nobody knows on what the policy is put: `called` is a pattern for all that it may be, and `policy` its Allows.
    """

    urn: str
    name: str
    called: str
    tags: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    policy: Policy | None = None
    problems: tuple[str, ...] = ()
    surely: bool = True


def service_of(token: str) -> str:
    """Return the service in the ARNs of a type, such as ``logs``; a star for one that nobody has looked up."""
    module = token.split(":")[1].split("/", 1)[0]
    return SERVICES.get(token, module if module in SAME_NAME else ANY_SERVICE)


@dataclass(frozen=True)
class GuardedReader:
    """Reads the policies on resources of one stack."""

    stack: Stack
    ids: Ids
    account: str
    partition: str
    region: str
    _beside: dict[str, list[Resource]] = field(default_factory=dict)
    _untold: list[Resource] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind, path in SUBJECTS.items():
            for resource in self.stack.of_type(kind):
                subjects = [*self._subjects(resource, path)]
                for subject in subjects:
                    self._beside.setdefault(subject, []).append(resource)
                if not subjects:
                    self._untold.append(resource)

    def buckets(self) -> tuple[Guarded, ...]:
        """Return the stack's buckets."""
        named = [(one, known_text(one, "bucket")) for one in self.stack.of_type(*BUCKETS)]
        count = Counter(name for _, name in named)
        found = (self._made(one, self._bucket(str(name)), name) for one, name in named)
        twice = "two resources of the stack make this bucket"
        return tuple(
            replace(one, problems=(*one.problems, f"{one.name}: {twice}")) if name and count[name] > 1 else one
            for one, (_, name) in zip(found, named, strict=True)
        )

    def keys(self) -> tuple[Guarded, ...]:
        """Return the stack's keys."""
        named = ((one, self.ids.of(one)) for one in self.stack.of_type(*KEYS))
        return tuple(self._made(one, self._key(name), name) for one, name in named)

    def endpoints(self) -> tuple[Guarded, ...]:
        """Return the stack's endpoints."""
        named = ((one, self.ids.of(one)) for one in self.stack.of_type(ENDPOINT))
        return tuple(self._made(one, name, name) for one, name in named)

    def others(self) -> tuple[Guarded, ...]:
        """Return resource policies of further kinds, and those on buckets and keys that the stack does not make."""
        return (*self._of_further_kinds(), *self._of_elsewhere())

    def _subjects(self, resource: Resource, path: str) -> Iterator[str]:
        """Yield what a policy of its own is put on: a name, an id or a reference."""
        named = known_text(resource, path)
        if named:
            yield named.rsplit("key/", 1)[-1]
            return
        for urn in resource.came_from(path):
            source = self.stack.by_urn.get(urn)
            called = (known_text(source, "bucket") or self.ids.of(source)) if source else None
            if called:
                yield called

    def _made(self, resource: Resource, called: str, subject: str | None) -> Guarded:
        beside = self._beside.get(subject or "", ())
        found = [*read_policies(resource, self.ids), *(one for each in beside for one in read_policies(each, self.ids))]
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
            tags={key: value for key, value in tags.items() if isinstance(value, str)}
            if isinstance(tags, dict)
            else {},
            service=known_text(resource, "serviceName") or "",
            policy=policies[0] if policies else None,
            problems=tuple(problems),
        )

    def _of_further_kinds(self) -> Iterator[Guarded]:
        """Yield the policies of repositories, topics, queues, secrets, file systems and so on."""
        for kind, held in PLACES.items():
            if Holder.RESOURCE in held.values():
                for resource in self.stack.of_type(kind):
                    arn = known_text(resource, "arn")
                    anything = f"arn:{self.partition}:{service_of(kind)}:*"
                    for found in read_policies(resource, self.ids):
                        yield _beside_nothing(resource, found, arn or anything, surely=arn is not None)

    def _of_elsewhere(self) -> Iterator[Guarded]:
        """Yield the policies that are put on a bucket or key that the stack does not make, or on nobody knows what."""
        made = {known_text(one, "bucket") for one in self.stack.of_type(*BUCKETS)}
        made |= {self.ids.of(one) for one in self.stack.of_type(*KEYS)}
        calls = {BUCKET_POLICY: self._bucket, KEY_POLICY: self._key}
        for subject, resources in self._beside.items():
            for resource in resources:
                if subject not in made and resource.type in calls:
                    for found in read_policies(resource, self.ids):
                        yield _beside_nothing(resource, found, calls[resource.type](subject))
        for resource in self._untold:
            text = f"what {resource.name} is put on is not known yet"
            yield Guarded(urn=resource.urn, name=resource.name, called="", problems=(text,))

    def _bucket(self, name: str) -> str:
        return f"arn:{self.partition}:s3:::{name}"

    def _key(self, name: str) -> str:
        return f"arn:{self.partition}:kms:{self.region}:{self.account}:key/{name}"


def _beside_nothing(resource: Resource, found: Readable, called: str, *, surely: bool = True) -> Guarded:
    return Guarded(
        urn=resource.urn,
        name=resource.name,
        called=called,
        policy=found.policy if surely or not found.policy else _allows(found.policy),
        problems=(found.problem,) if found.problem else (),
        surely=surely,
    )


def _allows(policy: Policy) -> Policy | None:
    """Return a policy with its Allows alone; None where it has none."""
    document = policy.to_dict()
    kept = [statement for statement in document["Statement"] if statement["Effect"] == "Allow"]
    return iamproof.parse_policy({**document, "Statement": kept}, name=policy.name) if kept else None
