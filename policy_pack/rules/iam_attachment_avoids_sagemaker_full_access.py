"""AmazonSageMakerFullAccess reaches every bucket, object and key whose name contains the word sagemaker.

It is told by its name, whatever stands before it: partition, account, path, or nothing at all.

Source: Amazon SageMaker AI Developer Guide, "AWS managed policies for Amazon SageMaker AI".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

FORBIDDEN = ("AmazonSageMakerFullAccess",)


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each attachment of the policy, and for one that is not known."""
    for found in attachments.policies(resource):
        if found.unknown:
            yield Undecided(found)
        elif attachments.names(found, FORBIDDEN):
            yield Violation(f"{found.where} attaches AmazonSageMakerFullAccess")


RULE = Rule(
    id="iam-attachment-avoids-sagemaker-full-access",
    title="AmazonSageMakerFullAccess is attached to nobody",
    kind=Kind.RESOURCE,
    types=tuple(attachments.PATHS),
    paths=attachments.LABELS,
    severity=Severity.CRITICAL,
    remediation=(
        "Attach the tenant policy of the platform instead; the managed policy reaches every bucket and "
        "key that contains the word sagemaker."
    ),
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol.html",
    frameworks=(
        "prowler request 12576",
        "cdk-nag AwsSolutions-IAM4",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
