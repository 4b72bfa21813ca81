"""Which events raise an alarm, and who may speak by the topic that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import Effect, PolicyDocument, Statement, all_of, document, when
from components.documents.scope import AUDIT

if TYPE_CHECKING:
    from components.documents.scope import Scope

BY_CLOUDTRAIL = ["AWS API Call via CloudTrail"]

# What stops, blinds or moves a trail, and what stops or moves Config's records.
OF_TRAIL = ("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors")
OF_RECORDER = (
    "StopConfigurationRecorder",
    "DeleteConfigurationRecorder",
    "PutConfigurationRecorder",
    "DeleteDeliveryChannel",
    "PutDeliveryChannel",
)

# What opens, empties or forgets the bucket of records (CloudTrail's names of the calls, not IAM's of the actions).
OF_BUCKET = ("PutBucketPolicy", "DeleteBucketPolicy", "PutBucketLifecycle", "DeleteBucketLifecycle", "DeleteBucket")


def alarm_topic_policy(scope: Scope, name: str) -> PolicyDocument:
    """Return the policy of the topic called like its rule: EventBridge of this account tells what that one rule sees.

    Nobody else speaks by it.
    """
    return document(
        Statement(
            sid="RuleTells",
            effect=Effect.ALLOW,
            principals={"Service": ("events.amazonaws.com",)},
            actions=("sns:Publish",),
            resources=(scope.naming.arn("sns", name),),
            conditions=all_of(
                when("ArnEquals", "aws:SourceArn", scope.naming.arn("events", f"rule/{name}")),
                when("StringEquals", "aws:SourceAccount", scope.naming.account_id),
            ),
        )
    )


def emergency_pattern(scope: Scope) -> dict[str, object]:
    """Return the events about people that raise the alarm, as CloudTrail hands them to EventBridge.

    Besides the emergency role: a device enrolled, which a stolen key can do without a second factor, and a boundary
    taken off.
    """
    return {
        "source": ["aws.sts", "aws.iam"],
        "detail-type": BY_CLOUDTRAIL,
        "$or": [
            {
                "detail": {
                    "eventSource": ["sts.amazonaws.com"],
                    "eventName": [scope.federation.action.removeprefix("sts:") if scope.federation else "AssumeRole"],
                    "requestParameters": {"roleArn": [scope.break_glass_arn()]},
                }
            },
            _calls(
                "iam",
                "EnableMFADevice",
                "DeleteUserPermissionsBoundary",
                "DeleteRolePermissionsBoundary",
                "PutUserPermissionsBoundary",
                "PutRolePermissionsBoundary",
            ),
        ],
    }


def records_pattern(scope: Scope) -> dict[str, object]:
    """Return the events about the account's records that raise the alarm: trails, the recorder, the bucket of both."""
    of_bucket = _calls("s3", *OF_BUCKET)
    of_bucket["detail"]["requestParameters"] = {"bucketName": [scope.naming.bucket_name(AUDIT)]}
    return {
        "source": ["aws.cloudtrail", "aws.config", "aws.s3"],
        "detail-type": BY_CLOUDTRAIL,
        "$or": [_calls("cloudtrail", *OF_TRAIL), _calls("config", *OF_RECORDER), of_bucket],
    }


def _calls(service: str, *names: str) -> dict[str, dict[str, object]]:
    return {"detail": {"eventSource": [f"{service}.amazonaws.com"], "eventName": list(names)}}
