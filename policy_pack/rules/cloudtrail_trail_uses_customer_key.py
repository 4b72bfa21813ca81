"""Records tell who works on what; with the bucket's encryption alone, whoever may read the bucket reads them.

Source: AWS CloudTrail User Guide, "Encrypting CloudTrail log files with AWS KMS keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

KEYS = {"aws:cloudtrail/trail:Trail": "kmsKeyId", "aws:cfg/deliveryChannel:DeliveryChannel": "s3KmsKeyArn"}


def validate(record: Resource, _options: Options) -> Findings:
    """Yield a finding unless a key is named; which one, is judged by kms-reference-is-a-platform-key."""
    yield from must_be_given(record, KEYS[record.type], absent="what is delivered then has the bucket's encryption")


RULE = Rule(
    id="cloudtrail-trail-uses-customer-key",
    title="The trail and the records of Config are encrypted with a customer key",
    kind=Kind.RESOURCE,
    types=tuple(KEYS),
    paths=("Trail:kmsKeyId", "DeliveryChannel:s3KmsKeyArn"),
    severity=Severity.MEDIUM,
    remediation="Set kmsKeyId of the trail, s3KmsKeyArn of the delivery channel.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    frameworks=(
        "FSBP CloudTrail.2",
        "CKV_AWS_35",
        "prowler cloudtrail_kms_encryption_enabled",
        "Config CLOUD_TRAIL_ENCRYPTION_ENABLED",
    ),
    mirrored_by=("runtime audit",),
    validate=validate,
)
