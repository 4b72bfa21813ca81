"""The bastion is the one way in: whoever takes over a session or another's account on it is somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import OWNER, users_of, works_behind_endpoints
from claim import Claim, Kind, Question
from examples import factor_hours

from iamproof import Equals, Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OTHER_WAYS = (
    "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
    "ec2-instance-connect:OpenTunnel",
    "ssm:SendCommand",
    "ssm:StartAutomationExecution",
    "ssm:StartAccessRequest",
)
WAYS_IN = ("ssm:StartSession", "ssm:ResumeSession", "ec2-instance-connect:SendSSHPublicKey")
SIGN_IN = (
    "iam:*MFADevice*",
    "iam:GetUser",
    "iam:ChangePassword",
    "iam:GetAccountPasswordPolicy",
    "sts:GetSessionToken",
)


OF_ITSELF = ("iam:CreateAccessKey", "iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person, for other sessions, hosts, accounts and ways in, and for a second factor that is old."""
    host = stack.ids.get("instance/bastion", "no-instance")
    named = (
        stack.arn("ec2", f"instance/{host}"),
        f"arn:{stack.partition}:ssm:{stack.region}::document/AWS-StartSSHSession",
    )
    for identity in users_of(stack):
        if not works_behind_endpoints(identity):
            query = Query(WAYS_IN, sentence="comes in, though none of its work lies behind the endpoints")
            yield Question(identity=identity, query=query)
        query = Query("ssm:StartSession", Like("arn:*").but(*named), sentence="opens a session elsewhere")
        yield Question(identity=identity, query=query)
        unchecked = {"ssm:SessionDocumentAccessCheck": OtherThan("true").or_missing()}
        query = Query(
            "ssm:StartSession", named[0], unchecked, sentence="opens a session by a document of its own choice"
        )
        yield Question(identity=identity, query=query)
        others = {
            "ssm:resourceTag/aws:ssmmessages:session-id": OtherThan("me").or_missing(),
            "aws:userid": Equals("me"),
        }
        query = Query(("ssm:ResumeSession", "ssm:TerminateSession"), context=others, sentence="takes another's session")
        yield Question(identity=identity, query=query)
        account = {"ec2:osuser": OtherThan(identity.tags.get(OWNER, "")).or_missing()}
        query = Query("ec2-instance-connect:SendSSHPublicKey", context=account, sentence="is another on the host")
        yield Question(identity=identity, query=query)
        yield Question(identity=identity, query=Query(OTHER_WAYS, sentence="comes in by another way"))
        said = "opens a session without the check of its document"
        query = Query("ssm:StartSession", named, {"ssm:SessionDocumentAccessCheck": "false"}, sentence=said)
        yield Question(identity=identity, query=query)
        if not identity.is_role:
            hour = {"aws:MultiFactorAuthAge": Equals("3601").or_missing()}
            query = Query(OF_ITSELF, context=hour, sentence="changes its keys or devices with MFA of over an hour ago")
            yield Question(identity=identity, query=query)
            age = Equals(str(factor_hours() * 3600 + 1)).or_missing()
            old = {"aws:MultiFactorAuthPresent": Equals("true"), "aws:MultiFactorAuthAge": age}
            query = Query("*", context=old, but=SIGN_IN, sentence="acts with a second factor that is old")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="people-keep-to-their-own-sessions",
    sentence="No person takes another's session or account on the bastion, another way in, or an old second factor.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="people-come-in-and-look-after-themselves",
)
