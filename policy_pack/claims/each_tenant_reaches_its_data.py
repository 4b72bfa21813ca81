"""A lock that shuts out the owner protects nothing: each way to the own data, keys, records and hosts is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import (
    OWNER,
    RAW,
    RESULTS,
    SHARED,
    bucket_of,
    declared_without_worker,
    is_person,
    own_keys,
    who_works,
    workers_of,
)
from claim import Claim, Example, Kind
from data_requests import CIPHER, KEY_OF_UPLOAD
from examples import ANYWHERE, each, of_person, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claim import Broken
    from environment import StackPolicies
    from examples import Keys
    from identities import Identity


OF_OWN = (
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey")
LISTS = ("s3:ListBucket", "s3:ListBucketVersions")
LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
OF_THE_NETWORK = ("SecurityGroups", "Subnets", "Vpcs", "NetworkInterfaces", "DhcpOptions")


def ask(stack: StackPolicies) -> Iterator[Example | Broken]:
    """Ask, of each notebook role through the endpoints, and of each job role from SageMaker's own network."""
    yield from declared_without_worker(stack)
    for kind in ("notebook", "job"):
        way = through(stack, "s3") if kind == "notebook" else dict(ANYWHERE)
        for owner, identity in workers_of(stack, kind):
            if way:
                yield from _objects(stack, identity, way, owner)
                # What a service fetches for the caller comes from the service's own network.
                yield from _objects(stack, identity, {**ANYWHERE, "aws:ViaAWSService": "true"}, owner)
            yield from _keys(stack, identity)
            yield from _hosts(stack, identity)
            yield from _records(stack, identity, owner)
    way = through(stack, "s3")
    for owner, identity in who_works(stack):
        if way and is_person(identity):
            signed_in = of_person(identity)
            yield from _objects(stack, identity, {**way, **signed_in}, owner)
            yield from _objects(stack, identity, {**ANYWHERE, **signed_in, "aws:ViaAWSService": "true"}, owner)
            yield from _keys(stack, identity, signed_in)
            yield from _logs(stack, identity, owner, signed_in)


def _objects(stack: StackPolicies, identity: Identity, way: Keys, owner: str) -> Iterator[Example]:
    results = bucket_of(stack, RESULTS)
    if results:
        own = f"{results.called}/users/{owner}/x"
        yield from each(identity, way, {own: OF_OWN})
        named: Keys = {CIPHER: "aws:kms", KEY_OF_UPLOAD: own_keys(stack)[owner]} if owner in own_keys(stack) else {}
        yield from each(identity, {**way, **named}, {own: ("s3:PutObject",)})
        yield from each(identity, {**way, "s3:prefix": f"users/{owner}/x"}, {results.called: LISTS})
        yield from each(identity, way, {results.called: ("s3:GetBucketLocation",)})
    for purpose in (RAW, SHARED):
        bucket = bucket_of(stack, purpose)
        if bucket:
            listed = {f"{bucket.called}/x": ("s3:GetObject",), bucket.called: ("s3:ListBucket", "s3:GetBucketLocation")}
            yield from each(identity, way, listed)


def _keys(stack: StackPolicies, identity: Identity, signed_in: Keys | None = None) -> Iterator[Example]:
    """Yield use of the key of the own data through both services, and a grant of that of volumes for a host.

    An own key is the key of both; what all tenants read lies under the platform's even then.
    """
    named = {key.name: key.called for key in stack.keys}
    own = own_keys(stack).get(identity.tags.get(OWNER, ""))
    uses = {named.get("data-key", ""): USES[:1] if own else USES, own or "": USES}
    for service in ("s3", "sagemaker"):
        via: Keys = {**ANYWHERE, "aws:ViaAWSService": "true", **(signed_in or {})}
        via |= {"kms:ViaService": f"{service}.{stack.region}.amazonaws.com"}
        yield from each(identity, via, {key: actions for key, actions in uses.items() if key})
    volumes = own or named.get("volumes-key")
    if volumes:
        granted = {**via, "kms:GrantIsForAWSResource": "true"}
        yield from each(identity, granted, {volumes: ("kms:CreateGrant",)})
        yield from each(identity, via, {volumes: ("kms:DescribeKey",)})


def _hosts(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield what SageMaker does with the role, from its own network, for a host in ours."""
    yield from each(identity, ANYWHERE, {"*": tuple(f"ec2:Describe{kind}" for kind in OF_THE_NETWORK)})
    interface = stack.arn("ec2", "network-interface/eni-1")
    groups = [identity.tags.get("security-group", ""), stack.ids.get("security-group/workload", "")]
    places = [called for name, called in stack.ids.items() if name.startswith("subnet/")]
    made = [interface, *(stack.arn("ec2", f"security-group/{one}") for one in groups if one)]
    made += [stack.arn("ec2", f"subnet/{one}") for one in places]
    yield from each(identity, ANYWHERE, dict.fromkeys(made, ("ec2:CreateNetworkInterface",)))
    for place in places:
        keys: Keys = {**ANYWHERE, "ec2:Subnet": stack.arn("ec2", f"subnet/{place}")}
        removed = {interface: ("ec2:DeleteNetworkInterface", "ec2:DeleteNetworkInterfacePermission")}
        yield from each(identity, keys, removed)
        allowed = {**keys, "ec2:AuthorizedService": "sagemaker.amazonaws.com"}
        yield from each(identity, allowed, {interface: ("ec2:CreateNetworkInterfacePermission",)})


def _records(stack: StackPolicies, identity: Identity, owner: str) -> Iterator[Example]:
    """Yield writing logs and metrics from SageMaker's network, and reading the own logs."""
    group = stack.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")
    yield from each(identity, ANYWHERE, {group: LOGS[:1], f"{group}:log-stream:x": LOGS[1:]})
    if identity.name.endswith("-job"):
        metrics: Keys = {**ANYWHERE, "cloudwatch:namespace": "/aws/sagemaker/TrainingJobs"}
        yield from each(identity, metrics, {"*": ("cloudwatch:PutMetricData",)})
    yield from _logs(stack, identity, owner, {})


def _logs(stack: StackPolicies, identity: Identity, owner: str, signed_in: Keys) -> Iterator[Example]:
    group = stack.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")
    way = dict(ANYWHERE) if identity.name.endswith("-job") else through(stack, "logs")
    if way and "training" in stack_config.features():
        read = {f"{group}:log-stream:{owner}--x/1": ("logs:GetLogEvents",), group: ("logs:DescribeLogStreams",)}
        yield from each(identity, {**way, **signed_in}, read)


CLAIM = Claim(
    id="each-tenant-reaches-its-data",
    sentence="Each tenant reaches its objects, keys, records and hosts, and what services do for it goes through.",
    kind=Kind.LIVENESS,
    ask=ask,
)
