"""What the examples of liveness claims have in common: the way that a request takes, and who sends it.

The values are ones that the platform has to accept: an endpoint of the stack, its subnets, a second factor just given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import GROUP, OWNER, shared_group_of, subnets_of
from claim import Example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies
    from identities import Identity

TYPES = ("ml.t3.*", "ml.m5.*", "ml.c5.*", "ml.g4dn.*")
TYPES_OF_DEVELOPMENT = ("ml.g5.*",)

Keys = dict[str, "str | tuple[str, ...]"]

WITH_A_FACTOR: Keys = {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60"}
ANYWHERE: Keys = {"aws:ViaAWSService": "false", "aws:SecureTransport": "true"}
"""A call over TLS through no endpoint, that no service makes for somebody."""


def through(stack: StackPolicies, service: str) -> Keys | None:
    """Return the keys of a call through the stack's endpoint of a service, such as ``s3``; None where it has none."""
    found = next((one.called for one in stack.endpoints if one.service.endswith(f".{service}")), None)
    return {**ANYWHERE, "aws:SourceVpce": found} if found else None


def of_person(identity: Identity) -> Keys:
    """Return the keys that a person's session carries: a user's a second factor, a federated one's none."""
    return {} if identity.is_role else dict(WITH_A_FACTOR)


def made_by(identity: Identity) -> Keys:
    """Return the keys of a request that makes something with its owner's tag."""
    owner = identity.tags.get(OWNER, "")
    return {"aws:RequestTag/user": owner, "aws:TagKeys": ("user", "team"), "aws:RequestTag/team": "x"}


def owned_by(identity: Identity) -> Keys:
    """Return the keys of a request on something that belongs to who asks."""
    return {"aws:ResourceTag/user": identity.tags.get(OWNER, "")}


def in_the_network(stack: StackPolicies, identity: Identity) -> Keys:
    """Return the keys of a host in every subnet, with the shared security group and the own one."""
    groups = (shared_group_of(stack), identity.tags.get(GROUP, ""))
    return {"sagemaker:VpcSubnets": subnets_of(stack), "sagemaker:VpcSecurityGroupIds": groups}


def listed_types() -> tuple[str, ...]:
    """Return the instance types that the stack file lists, else those of its stage."""
    listed = stack_config.nested("limits", "instance-types")
    if isinstance(listed, list) and listed:
        return tuple(map(str, listed))
    return (*TYPES, *(TYPES_OF_DEVELOPMENT if stack_config.environment() == "dev" else ()))


def longest_run() -> int:
    """Return how many hours a job may run by the stack file, else in its stage."""
    said = stack_config.nested("limits", "max-runtime-hours")
    return int(said) if isinstance(said, int | float) else 12 if stack_config.environment() == "prod" else 24


def factor_hours() -> int:
    """Return how many hours a second factor counts."""
    said = stack_config.nested("sign-in", "mfa-hours")
    return int(said) if isinstance(said, int | float) else 12


def sized(pattern: str = "") -> Keys:
    """Return the keys of a host of a type that is listed."""
    return {"sagemaker:InstanceTypes": ((pattern or listed_types()[0]).replace("*", "large"),)}


def each(
    identity: Identity, keys: Mapping[str, str | tuple[str, ...]], listed: Mapping[str, tuple[str, ...]]
) -> Iterator[Example]:
    """Yield an example for each action on each resource of a table; ``service:`` is written before each once."""
    for resource, actions in listed.items():
        for action in actions:
            yield Example(identity=identity, action=action, resource=resource, context=dict(keys))
