"""Without a key of ours no key policy governs who reads the objects, and switching the key off switches nothing off.

Source: Amazon S3 API Reference, PutBucketEncryption (default: keys of S3; aws:kms without a key: the account's).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


SIBLINGS = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)
DEFAULT = "rules[].applyServerSideEncryptionByDefault"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for what is wrong in it."""
    yield from each_has_one(
        stack,
        SIBLINGS,
        missing="S3 then encrypts with its own key",
        exempt=options.texts("exemptBuckets"),
        judge=_judge,
    )


def _judge(sibling: Resource) -> Findings:
    """Yield a finding unless every rule names a key of ours; its id may be an output."""
    algorithms = sibling.each(f"{DEFAULT}.sseAlgorithm")
    keys = sibling.each(f"{DEFAULT}.kmsMasterKeyId")
    if not algorithms:
        yield Violation("rules is absent or empty: S3 then encrypts with its own key", sibling.urn)
    for found in algorithms:
        if found.unknown:
            yield Undecided(found, sibling.urn)
        elif found.value not in ("aws:kms", "aws:kms:dsse"):
            yield Violation(f"{found.where} is neither aws:kms nor aws:kms:dsse", sibling.urn)
    for found in keys:
        if not found.given:
            yield Violation(f"{found.where} is absent: S3 then takes the managed key of the account", sibling.urn)
        elif found.present and str(found.value).endswith("alias/aws/s3"):
            yield Violation(f"{found.where} is the managed key of the account", sibling.urn)


RULE = Rule(
    id="s3-bucket-encryption-uses-customer-key",
    title="Each bucket encrypts with a customer key",
    kind=Kind.STACK,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    ),
    paths=(
        "BucketServerSideEncryptionConfiguration:bucket",
        "BucketServerSideEncryptionConfiguration:rules[].applyServerSideEncryptionByDefault.sseAlgorithm",
        "BucketServerSideEncryptionConfiguration:rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
    ),
    severity=Severity.HIGH,
    remediation="Add a BucketServerSideEncryptionConfiguration with aws:kms and the key of the tenant.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html",
    frameworks=(
        "FSBP S3.17",
        "CKV_AWS_145",
        "CKV_AWS_19",
        "prowler s3_bucket_kms_encryption",
        "Config S3_DEFAULT_ENCRYPTION_KMS",
        "Config S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED",
    ),
    options={
        # S3 delivers access logs only to a bucket that it encrypts with its own key.
        "exemptBuckets": texts("access-logs-bucket"),
    },
    seed=("S3",),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
