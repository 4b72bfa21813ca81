"""Whoever receives the logs reads what happens here, and whoever may choose the receiver has a way out for data.

A target is a resource of this stack, one of the own account, or listed. An ARN without an account, as a bucket's is,
says nothing of whose it is, so it must be one of this stack or the one that the stack file names.

Source: Amazon CloudWatch Logs API Reference, PutSubscriptionFilter; Amazon EC2 API Reference, CreateFlowLogs; Route 53
API Reference, CreateResolverQueryLogConfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resources import Stack
    from rule import Findings, Options

FLOW_LOG = "aws:ec2/flowLog:FlowLog"
DELIVERY = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
TARGETS: dict[str, str] = {
    FLOW_LOG: "logDestination",
    DELIVERY: "deliveryDestinationConfiguration.destinationResourceArn",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "destinationArn",
    "aws:cloudwatch/logDestination:LogDestination": "targetArn",
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": "destinationArn",
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each target that is not known to be inside, and for each role of another account."""
    own = {bucket.read("bucket").value for bucket in stack.of_type("aws:s3/bucket:Bucket")} | {
        stack_config.log_bucket()
    }
    accounts = (*stack_config.account_ids(), *options.texts("allowedAccounts"))
    for kind, path in TARGETS.items():
        for sender in stack.of_type(kind):
            found = as_registered(sender).read(path)
            if found.unknown and not sender.came_from(path):
                yield Undecided(found, sender.urn)
            elif found.given and not found.unknown and not _is_inside(str(found.value), own, accounts, options):
                yield Violation(f"{path} is a target that is neither inside nor listed", sender.urn)
    for sender in stack.of_type(FLOW_LOG):
        if as_registered(sender).read("deliverCrossAccountRole").given:
            yield Violation("deliverCrossAccountRole hands the log to another account", sender.urn)


def _is_inside(arn: str, buckets: Iterable[object], accounts: tuple[str, ...], options: Options) -> bool:
    if arn in options.texts("allowedTargets"):
        return True
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return False
    account, name = parts[4], parts[5].split("/", 1)[0]
    return account in accounts if account else parts[2] == "s3" and name in buckets


RULE = Rule(
    id="logs-subscription-stays-inside",
    title="Log entries are sent only to targets inside",
    kind=Kind.STACK,
    types=tuple(TARGETS),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in TARGETS.items()),
        "FlowLog:deliverCrossAccountRole",
    ),
    severity=Severity.HIGH,
    remediation="Send to a target of the stack or of the account, or list it.",
    url="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html",
    options={"allowedAccounts": texts(), "allowedTargets": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
