"""Without a bucket policy only identity policies decide, from anywhere and over plain HTTP.

What the policy says is judged by the rules about bucket policies.

Source: Amazon S3 API Reference, PutBucketPolicy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


SIBLINGS = ("aws:s3/bucketPolicy:BucketPolicy",)


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for what is wrong in it."""
    yield from each_has_one(
        stack,
        SIBLINGS,
        missing="only identity policies decide then, from anywhere and over plain HTTP",
        exempt=options.texts("exemptBuckets"),
    )


RULE = Rule(
    id="s3-bucket-has-policy",
    title="Each bucket has a bucket policy",
    kind=Kind.STACK,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketPolicy:BucketPolicy",
    ),
    paths=("BucketPolicy:bucket",),
    severity=Severity.HIGH,
    remediation="Add a BucketPolicy for the bucket.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    options={
        "exemptBuckets": texts(),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
