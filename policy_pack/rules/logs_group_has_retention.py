"""A log that is kept for ever is a cost that nobody chose; one that ends early is gone when somebody asks.

Source: Amazon CloudWatch Logs API Reference, PutRetentionPolicy (without one entries never expire).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(log_group: Resource, options: Options) -> Findings:
    """Yield a finding unless entries are kept for a decided time that is long enough."""
    found, least = log_group.read("retentionInDays"), options["minDays"]
    if found.unknown:
        yield Undecided(found)
    elif found.absent or found.value == 0:
        yield Violation("retentionInDays is absent or 0: entries never expire")
    elif found.value < least:
        yield Violation(f"retentionInDays is {int(found.value)}, and must be {least} or more")


RULE = Rule(
    id="logs-group-has-retention",
    title="Log groups keep their entries for a decided time",
    kind=Kind.RESOURCE,
    types=("aws:cloudwatch/logGroup:LogGroup",),
    paths=("retentionInDays",),
    severity=Severity.LOW,
    remediation="Set retentionInDays.",
    url="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    frameworks=(
        "FSBP CloudWatch.16",
        "CKV_AWS_66",
        "CKV_AWS_338",
        "prowler cloudwatch_log_group_retention_policy_specific_days_enabled",
        "Config CW_LOGGROUP_RETENTION_PERIOD_CHECK",
    ),
    options={"minDays": integer(365, minimum=1)},
    mirrored_by=("runtime audit",),
    validate=validate,
)
