"""What the bastion's own role may do: keep the channel to Session Manager open, and nothing else.

The managed policy AmazonSSMManagedInstanceCore also reads every parameter of the account (hole B1), so it is attached
to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import (
    ANYTHING,
    Effect,
    PolicyDocument,
    Statement,
    actions,
    document,
    reference,
    when,
)

if TYPE_CHECKING:
    from components.documents.scope import Scope

# What the reference of the bastion stands for in documents.
BASTION = "instance/bastion"

CHANNELS = actions("ssmmessages", "CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")

# How an SSM Agent older than 3.3.40.0 fetches its work.
LEGACY_MESSAGES = actions(
    "ec2messages", "AcknowledgeMessage", "DeleteMessage", "FailMessage", "GetEndpoint", "GetMessages", "SendReply"
)


def bastion_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of the bastion's role: EC2, which hands the role to instances of the own account only."""
    service = "ec2.amazonaws.com.cn" if scope.naming.partition == "aws-cn" else "ec2.amazonaws.com"
    return document(
        Statement(
            sid="InstancesOfThisAccount",
            effect=Effect.ALLOW,
            principals={"Service": (service,)},
            actions=("sts:AssumeRole",),
        )
    )


def bastion_grants(scope: Scope, *, legacy_agent: bool = False) -> PolicyDocument:
    """Return the one inline policy of the bastion's role; `legacy_agent` adds what an old SSM Agent needs."""
    return document(*_serve_session_manager(scope, legacy_agent=legacy_agent), only_from_the_network())


def bastion_boundary(scope: Scope, *, legacy_agent: bool = False) -> PolicyDocument:
    """Return the ceiling of the bastion's role: a policy attached by hand gives nothing beyond the grants."""
    return document(*_serve_session_manager(scope, legacy_agent=legacy_agent))


def _serve_session_manager(scope: Scope, *, legacy_agent: bool) -> tuple[Statement, ...]:
    messages = LEGACY_MESSAGES if legacy_agent else ()
    return (
        Statement(
            sid="RegisterAsManaged",
            effect=Effect.ALLOW,
            actions=("ssm:UpdateInstanceInformation",),
            resources=(scope.naming.arn("ec2", "instance/*"),),
        ),
        # No resource type: a channel belongs to the instance whose credentials open it.
        Statement(sid="CarrySessions", effect=Effect.ALLOW, actions=(*CHANNELS, *messages), resources=ANYTHING),
    )


def only_from_the_network() -> Statement:
    """Deny the role outside the own VPC, so that its credentials are worth nothing elsewhere.

    Channels are opened with a token that creating them returns, so the creating calls are what is bound; that they
    carry `aws:SourceVpc` when they come through the endpoints is what AWS says of every endpoint [LIVE].
    """
    return Statement(
        sid="OnlyFromTheNetwork",
        effect=Effect.DENY,
        actions=("ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel"),
        resources=ANYTHING,
        conditions=when("StringNotEqualsIfExists", "aws:SourceVpc", reference("vpc")),
    )
