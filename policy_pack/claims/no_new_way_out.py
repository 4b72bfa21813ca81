"""A closed network stays closed only as long as nobody inside can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Query, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


INTERFACES = frozenset(
    {
        "ec2:CreateNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
    }
)
"""What SageMaker does with the caller's rights for a host in our subnets; `compute-stays-in-the-network` bounds it."""
ELSEWHERE = (
    "lambda:Create*",
    "lambda:Invoke*",
    "glue:*",
    "ecs:Run*",
    "cloudformation:Create*",
    "codebuild:Start*",
    "ssm:SendCommand",
    "events:Put*",
    "scheduler:Create*",
    "sns:*",
    "sqs:*",
    "route53resolver:*",
    "network-firewall:*",
    "vpc-lattice:*",
    "apigateway:*",
    "directconnect:*",
)
"""Services that run code, or carry messages, in a network that is not ours; and those that change names and ways."""


def changes_of_the_network() -> tuple[str, ...]:
    """Return the actions of EC2 that change something, but for the network interfaces of our own hosts."""
    reads = ("ec2:Describe", "ec2:Get", "ec2:List", "ec2:Search")
    return tuple(
        action for action in facts.expand("ec2:*") if action not in INTERFACES and not action.startswith(reads)
    )


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any change of EC2's network and for the services beside it."""
    for _owner, identity in tenants_of(stack):
        yield Question(identity=identity, query=Query(changes_of_the_network(), sentence="changes the network"))
        yield Question(identity=identity, query=Query(ELSEWHERE, sentence="runs or sends something outside it"))


CLAIM = Claim(
    id="no-new-way-out",
    sentence="No tenant opens a way out of the network: no endpoint, route, gateway, peering or address.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="deployer-manages-everything",
)
