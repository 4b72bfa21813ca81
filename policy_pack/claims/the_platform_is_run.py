"""Who looks after the platform must be able to: look, clean up, take people in and repair it in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import administrators_of, owner_of, users_of
from claim import Claim, Example, Kind
from examples import ANYWHERE, WITH_A_FACTOR, each, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from examples import Keys
    from identities import Identity


ADMINISTRATORS, DELEGATES = "-administrators", "-delegated-administrators"
OF_LOGS = (
    *("DescribeLogGroups", "CreateLogGroup", "AssociateKmsKey", "FilterLogEvents", "GetLogEvents", "StartQuery"),
    *("GetQueryResults", "PutResourcePolicy", "DeleteLogGroup", "DeleteLogStream", "PutRetentionPolicy"),
)
REPAIRS = (
    *("ec2:CreateRoute", "iam:PutRolePolicy", "s3:PutBucketPolicy", "cloudtrail:StartLogging", "sns:Publish"),
    *(f"logs:{name}" for name in OF_LOGS),
)


LOOKS = ("s3:GetBucketPolicy", "s3:ListBucket")
BY_ENDPOINT = {"logs": "logs:DescribeLogGroups", "s3": "s3:ListAllMyBuckets"}


def ask(stack: StackPolicies) -> Iterator[Example]:
    """Ask, of each person of the platform by its group, of the bastion's host and of the emergency role."""
    for identity in users_of(stack):
        groups = tuple(identity.groups)
        if owner_of(identity) is None and not identity.is_role:
            if any(each_.endswith(DELEGATES) for each_ in groups):
                yield from _delegates(stack, identity)
            elif any(each_.endswith(ADMINISTRATORS) for each_ in groups):
                yield from _administers(stack, identity)
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            yield from _repairs(stack, role)
        if role.is_role and role.name.endswith("-bastion"):
            yield from _serves(stack, role)
    for deployer in administrators_of(stack):
        yield from each(deployer, ANYWHERE, {bucket.called: LOOKS for bucket in stack.buckets})


def _administers(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield looking and cleaning up through the endpoints, and the account's own things from anywhere."""
    signed_in: Keys = {**ANYWHERE, **WITH_A_FACTOR}
    way = through(stack, "sagemaker.api")
    if way:
        job = stack.arn("sagemaker", "training-job/x")
        listed = {job: ("sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"), "*": ("sagemaker:ListModels",)}
        yield from each(identity, {**way, **WITH_A_FACTOR}, listed)
        service = {**signed_in, "aws:ViaAWSService": "true"}
        yield from each(identity, service, {job: ("sagemaker:DescribeTrainingJob",)})
    for name, action in BY_ENDPOINT.items():
        inside = through(stack, name)
        if inside:
            yield from each(identity, {**inside, **WITH_A_FACTOR}, {"*": (action,)})
    people = f"arn:{stack.partition}:iam::{stack.account}:user/{stack_config.name_prefix()}-x"
    yield from each(
        identity, signed_in, {"*": ("ec2:DescribeVpcs", "iam:ListUsers"), people: ("iam:DeleteLoginProfile",)}
    )
    host = {**signed_in, "aws:ResourceTag/user": "platform"}
    yield from each(
        identity,
        host,
        {stack.arn("ec2", "instance/i-1"): ("ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances")},
    )
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            keys = {**signed_in, "aws:PrincipalTag/user": "platform"}
            yield from each(identity, keys, {role.principal.arn: ("sts:AssumeRole",)})


def _delegates(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield taking somebody in and making a bounded role."""
    prefix, account = stack_config.name_prefix(), f"arn:{stack.partition}:iam::{stack.account}"
    signed_in: Keys = {**ANYWHERE, **WITH_A_FACTOR}
    person, role = f"{account}:user/{prefix}-x", f"{account}:role/delegated/x"
    new: Keys = {"aws:RequestTag/user": "dora", "aws:RequestTag/security-group": "sg-1"}
    new |= {"aws:TagKeys": ("user", "security-group")}
    bound = {**signed_in, **new, "iam:PermissionsBoundary": f"{account}:policy/{prefix}-people-boundary"}
    yield from each(identity, bound, {person: ("iam:CreateUser",)})
    yield from each(identity, {**signed_in, **new}, {person: ("iam:TagUser",)})
    taken_in = {**signed_in, "aws:ResourceTag/user": "dora"}
    yield from each(
        identity, taken_in, {person: ("iam:CreateLoginProfile", "iam:DeleteLoginProfile", "iam:DeleteUser")}
    )
    limited = {**signed_in, "iam:PermissionsBoundary": f"{account}:policy/{prefix}-tenant-boundary"}
    yield from each(identity, limited, {role: ("iam:CreateRole",)})
    shared = {**limited, "iam:PolicyARN": f"{account}:policy/{prefix}-tenant-work"}
    yield from each(identity, shared, {role: ("iam:AttachRolePolicy", "iam:DetachRolePolicy")})
    yield from each(identity, signed_in, {role: ("iam:DeleteRole",)})


def _repairs(stack: StackPolicies, role: Identity) -> Iterator[Example]:
    """Yield the repairs of an emergency, new identities with a boundary of the platform among them."""
    yield from each(role, ANYWHERE, {"*": REPAIRS})
    yield from each(role, ANYWHERE, {bucket.called: LOOKS for bucket in stack.buckets})
    account = f"arn:{stack.partition}:iam::{stack.account}"
    bound: Keys = {**ANYWHERE, "iam:PermissionsBoundary": f"{account}:policy/{stack_config.name_prefix()}-x-boundary"}
    yield from each(role, bound, {f"{account}:user/x": ("iam:CreateUser",), f"{account}:role/x": ("iam:CreateRole",)})


def _serves(stack: StackPolicies, role: Identity) -> Iterator[Example]:
    """Yield what the host does for its sessions, from inside the network."""
    inside: Keys = {"aws:SourceVpc": stack.ids.get("vpc", "")}
    channels = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
    for service, resource, names in (
        ("ssm", stack.arn("ec2", "instance/i-1"), ("UpdateInstanceInformation",)),
        ("ssmmessages", "*", channels),
    ):
        way = through(stack, service) or ANYWHERE
        yield from each(role, {**way, **inside}, {resource: tuple(f"{service}:{one}" for one in names)})


CLAIM = Claim(
    id="the-platform-is-run",
    sentence="Administrators look and clean up, delegates take people in, and the emergency role repairs.",
    kind=Kind.LIVENESS,
    ask=ask,
)
