"""Which services act on things of the stack, on what, and what says that they do so for this account.

Stated a second time: from the stack config and from resources, never from the program. Each row holds a service, what
it does to what, and the context keys that bind it with a value that has to be accepted; the claims ask that the row
goes through and that no request does in which one of these keys names somebody else or is missing.

Source: IAM User Guide, "The confused deputy problem"; AWS KMS Developer Guide, "How CloudWatch Logs uses AWS KMS".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import stack_config
from asking import ACCESS_LOGS, AUDIT, DATA, bucket_of, workers_of
from identities import Identity

from iamproof import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies

ACCOUNT, ARN = "aws:SourceAccount", "aws:SourceArn"
JOBS = ("training-job", "processing-job", "transform-job", "hyper-parameter-tuning-job", "model", "endpoint")
KEY_OF_LOGS = "kms:EncryptionContext:aws:logs:arn"
KEY_OF_TRAILS = "kms:EncryptionContext:aws:cloudtrail:arn"


@dataclass(frozen=True, kw_only=True)
class Service:
    """What a service does to one thing; `bound` maps the keys that bind it to patterns of their own values.

    The first pattern without its star is a value that has to be accepted.
    """

    name: str
    actions: tuple[str, ...]
    resource: str
    bound: Mapping[str, tuple[str, ...]] = field(hash=False)

    @property
    def identity(self) -> Identity:
        """Return the service as somebody who asks."""
        return Identity(urn="", principal=Principal.service(self.name))

    @property
    def keys(self) -> dict[str, str | tuple[str, ...]]:
        """Return the keys of a request that has to go through."""
        return {key: patterns[0].replace("*", "x") for key, patterns in self.bound.items()}


def services_of(stack: StackPolicies) -> Iterator[Service]:
    """Yield what services do to the buckets, keys, topics and roles of the stack."""
    yield from _records(stack)
    yield from _keys(stack)
    prefix = stack_config.name_prefix()
    for alarm in ("emergency-alarm", "records-alarm"):
        bound = {ACCOUNT: (stack.account,), ARN: (stack.arn("events", f"rule/{prefix}-{alarm}"),)}
        for topic in stack.others:
            if topic.called.endswith(f":{prefix}-{alarm}"):
                yield Service(name="events.amazonaws.com", actions=("sns:Publish",), resource=topic.called, bound=bound)
    yield from _roles(stack)


def _records(stack: StackPolicies) -> Iterator[Service]:
    own = (stack.account,)
    prefix = stack_config.name_prefix()
    logged = {purpose: bucket_of(stack, purpose) for purpose in (*DATA, AUDIT)}
    target, audit = bucket_of(stack, ACCESS_LOGS), bucket_of(stack, AUDIT)
    sources = tuple(bucket.called for bucket in logged.values() if bucket)
    for purpose, bucket in logged.items():
        if target and bucket:
            bound = {ACCOUNT: own, ARN: (bucket.called, *(one for one in sources if one != bucket.called))}
            place = f"{target.called}/{purpose}/x"
            yield Service(name="logging.s3.amazonaws.com", actions=("s3:PutObject",), resource=place, bound=bound)
    if audit:
        trail = {ACCOUNT: own, ARN: (stack.arn("cloudtrail", f"trail/{prefix}-trail"),)}
        records = f"{audit.called}/AWSLogs/{stack.account}/Config/x"
        for place, actions in ((audit.called, ("s3:GetBucketAcl",)), (records, ("s3:PutObject",))):
            yield Service(name="cloudtrail.amazonaws.com", actions=actions, resource=place, bound=trail)
            more = ("s3:ListBucket",) if place == audit.called else ()
            bound = {ACCOUNT: own}
            yield Service(name="config.amazonaws.com", actions=(*actions, *more), resource=place, bound=bound)


def _keys(stack: StackPolicies) -> Iterator[Service]:
    trails = (stack.arn("cloudtrail", f"trail/{stack_config.name_prefix()}-*"),)
    groups = (stack.arn("logs", "log-group:*"),)
    for key in stack.keys:
        if key.name == "logs-key":
            data = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey")
            name = f"logs.{stack.region}.amazonaws.com"
            yield Service(name=name, actions=data, resource=key.called, bound={KEY_OF_LOGS: groups})
            recorded = ("cloudtrail.amazonaws.com", "config.amazonaws.com") if bucket_of(stack, AUDIT) else ()
            if recorded:
                bound = {ARN: trails, KEY_OF_TRAILS: trails}
                yield Service(name=recorded[0], actions=("kms:GenerateDataKey",), resource=key.called, bound=bound)
                looked = ("kms:DescribeKey",)
                yield Service(name=recorded[0], actions=looked, resource=key.called, bound={ARN: trails})
                used = ("kms:Decrypt", "kms:GenerateDataKey")
                bound = {ACCOUNT: (stack.account,)}
                yield Service(name=recorded[1], actions=used, resource=key.called, bound=bound)


def _roles(stack: StackPolicies) -> Iterator[Service]:
    """Yield who takes on the tenants' roles and the one that writes flow logs."""
    own, becoming = (stack.account,), ("sts:AssumeRole",)
    for kind in ("notebook", "job"):
        sources = tuple(stack.arn("sagemaker", f"{one}/*") for one in JOBS)
        bound = {ACCOUNT: own, ARN: sources} if kind == "job" else {ACCOUNT: own}
        for _owner, role in workers_of(stack, kind):
            yield Service(name="sagemaker.amazonaws.com", actions=becoming, resource=role.principal.arn, bound=bound)
    flows = {ACCOUNT: own, ARN: (stack.arn("ec2", "vpc-flow-log/*"),)}
    for role in stack.identities:
        if role.is_role and role.name.endswith("-flow-logs"):
            name = "vpc-flow-logs.amazonaws.com"
            yield Service(name=name, actions=becoming, resource=role.principal.arn, bound=flows)
        if role.is_role and role.name.endswith("-budget-actions"):
            budgets = (f"arn:{stack.partition}:budgets::{stack.account}:budget/{stack_config.name_prefix()}-*",)
            bound = {ACCOUNT: own, ARN: budgets}
            yield Service(name="budgets.amazonaws.com", actions=becoming, resource=role.principal.arn, bound=bound)
        if role.is_role and role.name.endswith("-bastion"):
            # An instance profile serves instances of its own account: EC2 sends no key that says so.
            yield Service(name="ec2.amazonaws.com", actions=becoming, resource=role.principal.arn, bound={})
