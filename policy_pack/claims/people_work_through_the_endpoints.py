"""What a person may do with the platform's data is done inside the network, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import endpoints_of, owner_of, users_of
from claim import Claim, Kind, Question

from iamproof import Equals, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


FROM_OUTSIDE = (
    "iam:*",
    "sts:GetSessionToken",
    "ssm:StartSession",
    "ssm:ResumeSession",
    "ssm:TerminateSession",
    "ssmmessages:OpenDataChannel",
    "ec2-instance-connect:SendSSHPublicKey",
)
"""Signing in, and the way to the bastion, which is the way to the endpoints; other claims bound both."""


WORK = ("sagemaker:*", "s3:*", "logs:*")
"""What administrators see only from inside; the rest of what they do is the account's and is done from anywhere."""


HOW_LOGS_ARE_KEPT = ("logs:DescribeLogGroups",)
"""Names, keys and retention of log groups, which an auditor reads where the trail is read."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's person, for any other call that comes through none of the stack's endpoints."""
    ours = endpoints_of(stack)
    outside = {
        "aws:SourceVpce": OtherThan(*ours).or_missing(),
        "aws:ViaAWSService": Equals("false").or_missing(),
    }
    for identity in users_of(stack):
        if owner_of(identity) is None:
            said = "looks at work or data from outside the endpoints"
            query = Query(WORK, context=outside, but=HOW_LOGS_ARE_KEPT, sentence=said)
            yield Question(identity=identity, query=query)
        else:
            query = Query("*", context=outside, but=FROM_OUTSIDE, sentence="works from outside the endpoints")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="people-work-through-the-endpoints",
    sentence="No person works, or looks at work, except through the platform's endpoints.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-opens-its-notebook",
)
