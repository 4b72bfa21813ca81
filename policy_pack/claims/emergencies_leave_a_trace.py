"""The emergency role may change nearly everything, so what records it and what would outlive it is out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import RECORDED_IN, bucket_of
from claim import Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


RECORDS = (
    "cloudtrail:StopLogging",
    "cloudtrail:DeleteTrail",
    "cloudtrail:UpdateTrail",
    "cloudtrail:Put*",
    "cloudtrail:DeleteEventDataStore",
    "config:StopConfigurationRecorder",
    "config:Delete*",
    "config:PutAggregationAuthorization",
    "ec2:DeleteFlowLogs",
)
ALARM = ("events:DisableRule", "events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets")
TOPIC = (
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sns:AddPermission",
    "sns:RemovePermission",
    "sns:Unsubscribe",
)
OF_BUCKETS = ("s3:PutBucket*", "s3:PutLifecycleConfiguration")
OF_LOGS = ("logs:DeleteLogGroup", "logs:DeleteLogStream", "logs:PutRetentionPolicy")
READS_OF_LOGS = (
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
    "logs:StartQuery",
    "logs:StartLiveTail",
    "logs:CreateExportTask",
    "logs:PutSubscriptionFilter",
)
LEFT_BEHIND = (
    "iam:CreateAccessKey",
    "iam:CreateServiceSpecificCredential",
    "iam:UploadSSHPublicKey",
    "iam:*SAMLProvider",
    "iam:*OpenIDConnectProvider*",
    "iam:Delete*PermissionsBoundary",
)
HARMLESS = ("iam:Get*", "iam:List*", "iam:Tag*", "iam:Untag*")
UNBOUND = ("iam:CreateUser", "iam:CreateRole", "iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary")
ITSELF = ("iam:*Role*", "iam:*PolicyVersion", "iam:DeletePolicy")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of the emergency role, for what would hide it, change it or outlive it."""
    account = f"arn:{stack.partition}:iam::{stack.account}"
    rule = stack.arn("events", f"rule/{stack_config.name_prefix()}-emergency-alarm")
    bound = Like("arn:*:*:*:*:*").but(f"{account}:policy/{stack_config.name_prefix()}-*-boundary").or_missing()
    itself = tuple(f"{account}:{kind}/{stack_config.name_prefix()}-break-glass" for kind in ("role", "policy"))
    prefix = stack_config.name_prefix()
    records = tuple(bucket.called for purpose in RECORDED_IN if (bucket := bucket_of(stack, purpose)))
    own_logs, of_work = (stack.arn("logs", f"log-group:{group}/*") for group in (f"/{prefix}", "/aws/sagemaker"))
    queries = (
        Query(RECORDS, sentence="stops what records it"),
        Query(ALARM, rule, sentence="stops the alarm of its own use"),
        *(Query(OF_BUCKETS, one, sentence="changes the buckets of records") for one in records),
        Query(OF_LOGS, own_logs, sentence="shortens the logs of the platform"),
        Query(READS_OF_LOGS, of_work, sentence="reads what tenants' work logs"),
        Query(TOPIC, sentence="silences the alarm"),
        Query(LEFT_BEHIND, sentence="leaves a way back", but=HARMLESS),
        Query(ITSELF, itself, sentence="changes itself"),
        Query(UNBOUND, context={"iam:PermissionsBoundary": bound}, sentence="makes an identity that nothing bounds"),
    )
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            yield from (Question(identity=role, query=query) for query in queries)


CLAIM = Claim(
    id="emergencies-leave-a-trace",
    sentence="The emergency role stops no record and no alarm, changes not itself, and leaves nothing behind unbound.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="the-platform-is-run",
)
