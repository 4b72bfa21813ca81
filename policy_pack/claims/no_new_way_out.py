"""A closed network stays closed only as long as nobody inside can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import subnets_of, tenants_of
from claim import Claim, Kind, Question

from iamproof import AnyString, Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies

    from iamproof import Values


INTERFACES = (
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
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


READS = ("ec2:Describe*", "ec2:Get*", "ec2:List*", "ec2:Search*")
HARMLESS = (*INTERFACES, *READS)
"""What of EC2 changes no way in the network."""


OTHER_METRICS = OtherThan("/aws/sagemaker/*", "aws/sagemaker/*").or_missing()


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any change of EC2's network and for the services beside it."""
    ours = tuple(stack.arn("ec2", f"subnet/{one}") for one in subnets_of(stack))
    elsewhere = {"ec2:Subnet": Like("arn:*:*:*:*:*").but(*ours).or_missing()}
    rows: tuple[tuple[str | tuple[str, ...], Mapping[str, Values], str], ...] = (
        (INTERFACES[1:], elsewhere, "changes an interface in another subnet"),
        (INTERFACES[1], {"ec2:AuthorizedUser": AnyString}, "gives an interface to an account"),
        ("cloudwatch:PutMetricData", {"cloudwatch:namespace": OTHER_METRICS}, "sends metrics under another name"),
    )
    for _owner, identity in tenants_of(stack):
        yield Question(identity=identity, query=Query("ec2:*", but=HARMLESS, sentence="changes the network"))
        for actions, context, sentence in rows:
            yield Question(identity=identity, query=Query(actions, context=context, sentence=sentence))
        yield Question(identity=identity, query=Query(ELSEWHERE, sentence="runs or sends something outside it"))


CLAIM = Claim(
    id="no-new-way-out",
    sentence="No tenant opens a way out of the network: no endpoint, route, gateway, peering or address.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="deployer-manages-everything",
)
