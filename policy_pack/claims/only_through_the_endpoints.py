"""A stolen session works from anywhere, unless every call must come through the platform's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import endpoints_of, is_person, owner_of
from claim import Claim, Kind, Question

from iamproof import Equals, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


PLATFORM_SIDE = (
    "iam:PassRole",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeDhcpOptions",
)
"""What SageMaker calls with a notebook's role from its own network [LIVE]; none of it reads data."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each notebook role, for a call that comes through none of the stack's endpoints."""
    ours = endpoints_of(stack)
    outside = {
        "aws:SourceVpce": OtherThan(*ours).or_missing(),
        "aws:ViaAWSService": Equals("false").or_missing(),
    }
    for identity in stack.identities:
        if owner_of(identity) and not is_person(identity) and not identity.name.endswith("-job"):
            query = Query("*", context=outside, but=PLATFORM_SIDE, sentence="calls from outside the endpoints")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="only-through-the-endpoints",
    sentence="No notebook role does anything except through the platform's endpoints.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=(
        "a job role never ends on a notebook: its trust names jobs, models and endpoints as sources [LIVE]",
        "what SageMaker itself calls with the role, from its own network, is listed in the claim and reads no data",
    ),
    partner="each-tenant-works-in-its-prefix",
)
