"""Without a bucket key each object asks the key service for a key of its own, which is paid by the request.

Source: Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"; none with two layers of keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading import UNKNOWN
from rule import Kind, Level, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

TYPES = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)


def validate(encryption: Resource, _options: Options) -> Findings:
    """Yield a finding for each rule with a key of ours and without the bucket key."""
    for found in encryption.each("rules[]"):
        said = found.value if isinstance(found.value, dict) else {}
        by_default, enabled = said.get("applyServerSideEncryptionByDefault"), said.get("bucketKeyEnabled")
        algorithm = by_default.get("sseAlgorithm") if isinstance(by_default, dict) else by_default
        if UNKNOWN in (algorithm, enabled) or (not said and found.unknown):
            yield Undecided(found)
        elif algorithm == "aws:kms" and str(enabled).lower() != "true":
            yield Violation(f"{found.where}.bucketKeyEnabled is not on: each object calls the key service")


RULE = Rule(
    id="s3-bucket-key-is-enabled",
    title="Buckets with a customer key use bucket keys",
    kind=Kind.RESOURCE,
    types=TYPES,
    paths=(
        "rules[].bucketKeyEnabled",
        "rules[].applyServerSideEncryptionByDefault.sseAlgorithm",
    ),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Set bucketKeyEnabled to true.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
    validate=validate,
)
