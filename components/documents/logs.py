"""What the service that writes flow logs may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.trust import own_account

if TYPE_CHECKING:
    from components.documents.scope import Scope

FLOW_LOGS = "flow-logs"
QUERIES = "dns-queries"


def flow_log_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of the role that writes flow logs: the service, for flow logs of this account and Region.

    Source: Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs", with its guard against a
    confused deputy.
    """
    return document(
        Statement(
            sid="FlowLogsOfThisAccount",
            effect=Effect.ALLOW,
            principals={"Service": ("vpc-flow-logs.amazonaws.com",)},
            actions=("sts:AssumeRole",),
            conditions=all_of(
                own_account(scope), when("ArnLike", "aws:SourceArn", scope.naming.arn("ec2", "vpc-flow-log/*"))
            ),
        )
    )


def write_flow_logs(scope: Scope) -> PolicyDocument:
    """Return what the role may do: write into the one log group.

    The guide's example also allows to create groups, which this platform's program does itself, and any group [LIVE].
    """
    group = scope.naming.log_group_arn(FLOW_LOGS)
    return document(
        Statement(
            sid="WriteFlowLogs",
            effect=Effect.ALLOW,
            actions=actions("logs", "CreateLogStream", "PutLogEvents", "DescribeLogStreams"),
            resources=(group, f"{group}:*"),
        ),
        # The list of groups takes no resource: beside the group's ARN it would grant nothing.
        Statement(sid="FindLogGroups", effect=Effect.ALLOW, actions=("logs:DescribeLogGroups",), resources=ANYTHING),
    )
