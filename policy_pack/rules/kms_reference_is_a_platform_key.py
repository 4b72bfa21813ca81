"""What is encrypted with a foreign key can be read by whoever holds that key, and is lost when it goes.

Source: AWS KMS Developer Guide, "Allowing users in other accounts to use a KMS key".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import Origins
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

KEYS = ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/alias:Alias")
ENCRYPTION = "applyServerSideEncryptionByDefault.kmsMasterKeyId"
PLACES: dict[str, tuple[str, ...]] = {
    "aws:sagemaker/notebookInstance:NotebookInstance": ("kmsKeyId",),
    "aws:sagemaker/domain:Domain": ("kmsKeyId",),
    "aws:sagemaker/trainingJob:TrainingJob": ("resourceConfig.volumeKmsKeyId", "outputDataConfig.kmsKeyId"),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        f"rules[].{ENCRYPTION}",
    ),
    "aws:kms/alias:Alias": ("targetKeyId",),
    "aws:cloudwatch/logGroup:LogGroup": ("kmsKeyId",),
    "aws:cloudtrail/trail:Trail": ("kmsKeyId",),
    "aws:cfg/deliveryChannel:DeliveryChannel": ("s3KmsKeyArn",),
    "aws:ec2/instance:Instance": ("rootBlockDevice.kmsKeyId", "ebsBlockDevices[].kmsKeyId"),
    "aws:ec2/launchTemplate:LaunchTemplate": ("blockDeviceMappings[].ebs.kmsKeyId",),
    "aws:ebs/volume:Volume": ("kmsKeyId",),
    "aws:s3/bucket:Bucket": (f"serverSideEncryptionConfiguration.rule.{ENCRYPTION}",),
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each key that is neither of this stack nor listed; absence is the rule's of each type."""
    keys, allowed = Origins(stack, *KEYS), options.texts("allowedKeyArns")
    for kind, paths in PLACES.items():
        for resource in stack.of_type(kind):
            for path in paths:
                yield from keys.strangers(
                    resource, path, "names a key that is neither of this stack nor listed", allowed
                )


RULE = Rule(
    id="kms-reference-is-a-platform-key",
    title="Key properties refer to a key of the platform, not to any string",
    kind=Kind.STACK,
    types=tuple(dict.fromkeys((*PLACES, *KEYS))),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Refer to a Key of the stack, or list the ARN.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
    options={"allowedKeyArns": texts()},
    mirrored_by=("IAM deny",),
    validate=validate,
)
