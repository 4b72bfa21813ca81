"""The bastion's settings, and whether it has something to lead to and room for everybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Strict

from . import guides
from .network_model import Part
from .problems import NAMESPACE, Finding, RefusedError, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BASTION = "bastion"

HOST_ACCOUNTS = (
    *("adm", "bin", "chrony", "daemon", "dbus", "ec2-instance-connect", "ec2-user", "ftp", "games", "halt", "mail"),
    *("nobody", "operator", "root", "rpc", "rpcuser", "shutdown", "ssm-user", "sshd", "sync", "systemd-coredump"),
    *("systemd-network", "systemd-oom", "systemd-resolve", "tcpdump", "tss"),
)
"""Accounts that a host of Amazon Linux has or makes [LIVE]: a tenant of that name would get no account."""

TAG_CHARACTERS, ACCOUNT_TAGS = 256, 45
"""What the tags of the bastion hold, in which the names of its accounts stand: characters a tag, and tags."""


def ec2_instance_type(value: object) -> object:
    """Say what an instance type of SageMaker is called at EC2."""
    if isinstance(value, str) and re.fullmatch(guides.INSTANCE_TYPE.pattern or "", value):
        raise RefusedError("`ml.` begins SageMaker's instance types, not EC2's", instead=value.removeprefix("ml."))
    return value


class BastionSettings(Part):
    """The host that Session Manager reaches; `legacy_agent` adds what an SSM Agent before 3.3.40.0 needs."""

    instance_type: Annotated[str, BeforeValidator(ec2_instance_type), guides.BASTION_INSTANCE_TYPE] = "t3.micro"
    legacy_agent: Annotated[bool, Strict(), guides.LEGACY_AGENT] = False


def has_bastion(tree: Mapping[str, Any]) -> bool:
    """Say whether the stack file asks for a bastion, as it does where it names no features: all are on then."""
    features = tree.get("features")
    return features is None or (isinstance(features, list) and BASTION in features)


def bastion_findings(tree: Mapping[str, Any], tenants: Sequence[str]) -> Iterator[Finding]:
    """Find a bastion that is set up but switched off, leads nowhere, or has too many to serve."""
    features = tree.get("features")
    if not has_bastion(tree):
        if BASTION in tree and isinstance(features, list):
            yield _without_feature(features)
        return
    if features is not None and all(each == BASTION for each in features):
        yield _leads_nowhere()
    if (tags := tags_needed(tenants)) > ACCOUNT_TAGS:
        yield _too_many(len(tenants), tags, features)


def tags_needed(tenants: Sequence[str]) -> int:
    """Return how many tags the names of the tenants fill, in order and a space between two."""
    tags, room = 0, -1
    for name in sorted(set(tenants)):
        if len(name) + 1 > room:
            tags, room = tags + 1, TAG_CHARACTERS + 1
        room -= len(name) + 1
    return tags


def _without_feature(features: Sequence[Any]) -> Finding:
    return Finding(
        place=(BASTION,),
        given=f"settings of a bastion, and features {shown(list(features))}",
        allowed="this key only where bastion is among the features",
        why="no bastion is built, so what it says would silently not hold",
        write=line(f"{NAMESPACE}features", [*features, BASTION]) + ", or remove this key",
    )


def _leads_nowhere() -> Finding:
    return Finding(
        place=("features",),
        given="bastion alone",
        allowed="bastion beside at least one feature that it leads to",
        why="people would reach a network in which there is nothing for them",
        write=line(f"{NAMESPACE}features", ["notebooks", BASTION]),
    )


def _too_many(tenants: int, tags: int, features: Sequence[Any] | None) -> Finding:
    kept = [each for each in features or guides.FEATURE.choices if each != BASTION]
    return Finding(
        place=("features",),
        given=f"bastion, and {tenants} tenants whose names fill {tags} tags",
        allowed=f"a bastion for tenants whose names fill at most {ACCOUNT_TAGS} tags of {TAG_CHARACTERS} characters",
        why="each tenant has an account on the bastion, whose tags name the accounts; adopt a network with a way in "
        "of its own, or spread the tenants over stacks",
        write=line(f"{NAMESPACE}features", kept),
    )
