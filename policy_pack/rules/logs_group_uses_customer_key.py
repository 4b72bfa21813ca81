"""Logs hold what hosts say to whom; with a key of the service, everybody who may read logs may decrypt them.

Source: Amazon CloudWatch Logs API Reference, CreateLogGroup, kmsKeyId.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(log_group: Resource, _options: Options) -> Findings:
    """Yield a finding unless a key is named; which one, is judged by kms-reference-is-a-platform-key."""
    yield from must_be_given(log_group, "kmsKeyId", absent="AWS then uses a key of the service")


RULE = Rule(
    id="logs-group-uses-customer-key",
    title="Log groups are encrypted with a customer key",
    kind=Kind.RESOURCE,
    types=("aws:cloudwatch/logGroup:LogGroup",),
    paths=("kmsKeyId",),
    severity=Severity.MEDIUM,
    remediation="Set kmsKeyId.",
    url="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
    frameworks=(
        "CKV_AWS_158",
        "prowler cloudwatch_log_group_kms_encryption_enabled",
        "Config CLOUDWATCH_LOG_GROUP_ENCRYPTED",
    ),
    mirrored_by=("runtime audit",),
    validate=validate,
)
