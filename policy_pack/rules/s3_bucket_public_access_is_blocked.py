"""The access block is what keeps a mistaken policy or list from opening a bucket to everybody.

Source: Amazon S3 API Reference, PutPublicAccessBlock (each flag false unless given).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from checks import must_be_on
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


SIBLINGS = ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",)
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for what is wrong in it."""
    yield from each_has_one(
        stack, SIBLINGS, missing="AWS blocks new buckets by itself, but nothing then holds it", judge=_judge
    )


def _judge(sibling: Resource) -> Findings:
    for flag in FLAGS:
        yield from must_be_on(sibling, flag, absent="AWS takes false", urn=sibling.urn)


RULE = Rule(
    id="s3-bucket-public-access-is-blocked",
    title="Each bucket has all four public access blocks",
    kind=Kind.STACK,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ),
    paths=(
        "BucketPublicAccessBlock:bucket",
        "BucketPublicAccessBlock:blockPublicAcls",
        "BucketPublicAccessBlock:blockPublicPolicy",
        "BucketPublicAccessBlock:ignorePublicAcls",
        "BucketPublicAccessBlock:restrictPublicBuckets",
    ),
    severity=Severity.CRITICAL,
    remediation="Add a BucketPublicAccessBlock with all four flags true.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html",
    frameworks=(
        "FSBP S3.8",
        "CKV_AWS_53",
        "CKV_AWS_54",
        "CKV_AWS_55",
        "CKV_AWS_56",
        "CKV2_AWS_6",
        "prowler s3_bucket_level_public_access_block",
        "Config S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
        "cdk-nag AwsSolutions-S2",
    ),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
