"""The original policies of the five systems, as they are described, and the requests by which they are judged.

Each `*.json` beside this file maps the names of one system's policies to their documents, rebuilt statement by
statement from the system's description (part 3 of each) with stand-in ids. `managed.json` holds excerpts: of AWS'
managed policies only those grants that a row below needs, grouped and named here, never AWS' whole documents.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamproof import Environment, Principal, Reading, Request, Situation, evaluate, parse_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof import Policy
    from iamproof.environment import ResourceKind

FOLDER = Path(__file__).parent
ACCOUNT, STRANGER = "111122223333", "999999999999"
REGION = "ap-northeast-1"
OWN_VPCE, FOREIGN_VPCE = "vpce-0a400000000000001", "vpce-0f00000000000000f"
SUBNETS = ("subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa4")
FOREIGN_SUBNET = "subnet-0f00000000000000f"
INSIDE = {"aws:SourceVpce": OWN_VPCE}
FULL_ACCESS = "managed/AmazonSageMakerFullAccess (excerpt)"


def arn(service: str, resource: str, *, account: str = ACCOUNT, region: str = REGION) -> str:
    """Return an ARN in the stack's Region and account."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def sagemaker(resource: str) -> str:
    """Return the ARN of a SageMaker resource."""
    return arn("sagemaker", resource)


def role_arn(name: str) -> str:
    """Return the ARN of a role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def user_arn(name: str) -> str:
    """Return the ARN of a user; a path may stand in front of the name."""
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


@dataclass(frozen=True)
class Actor:
    """A principal and the policies attached to it, each as `file/name`."""

    principal: Principal
    carries: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One request, by the id under which the systems' descriptions list it."""

    id: str
    sentence: str
    who: Actor
    action: str
    resource: str = "*"
    context: Mapping[str, Any] = field(default_factory=dict)
    policy: str | None = None
    kind: ResourceKind = "bucket"
    owner: str | None = ACCOUNT

    def __str__(self) -> str:
        return f"{self.id}: {self.who.principal.name} {self.sentence}"

    def allowed(self, reading: Reading) -> bool:
        """Whether the original policies allow the request."""
        asked = situation(self.who, self.policy, self.kind, self.owner)
        request = Request(self.action, self.resource, asked.principal, self.context)
        return evaluate(request, asked.environment, reading=reading).allowed


@cache
def documents(system: str) -> dict[str, Any]:
    """Return the documents of one file by name."""
    found: dict[str, Any] = json.loads((FOLDER / f"{system}.json").read_text(encoding="utf-8"))
    return found


@cache
def load(name: str) -> Policy:
    """Return a policy by `file/name`."""
    system, _, policy = name.partition("/")
    return parse_policy(documents(system)[policy], name=name)


def situation(
    who: Actor, policy: str | None = None, kind: ResourceKind = "other", owner: str | None = ACCOUNT
) -> Situation:
    """Return an actor under its policies, and the policy of a resource where one is named."""
    resource = load(policy) if policy else None
    environment = Environment(
        identity=tuple(load(name) for name in who.carries),
        resource=resource,
        resource_kind=kind if resource else "other",
        account=ACCOUNT,
        resource_account=owner,
    )
    return Situation(who.principal, environment)


def assert_hole(row: Row) -> None:
    """The original policies let the request through, under both readings."""
    assert row.allowed(Reading.EXACT), f"{row} must be allowed: it is a known hole"
    assert row.allowed(Reading.BRACKET)


def assert_tight(row: Row) -> None:
    """The original policies refuse the request under every reading."""
    assert not row.allowed(Reading.BRACKET), f"{row} must be refused"
    assert not row.allowed(Reading.EXACT)
