"""While lists can exist, an object may belong to who wrote it, and bucket policy and key do not decide alone.

Source: Amazon S3 API Reference, PutBucketOwnershipControls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


SIBLINGS = ("aws:s3/bucketOwnershipControls:BucketOwnershipControls",)


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for what is wrong in it."""
    yield from each_has_one(
        stack, SIBLINGS, missing="new buckets enforce it by themselves, but nothing then holds it", judge=_judge
    )


def _judge(sibling: Resource) -> Findings:
    path = "rule.objectOwnership"
    yield from must_equal(sibling, path, "BucketOwnerEnforced", absent="lists then decide too", urn=sibling.urn)


RULE = Rule(
    id="s3-bucket-ownership-is-enforced",
    title="The bucket owner owns every object",
    kind=Kind.STACK,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    ),
    paths=(
        "BucketOwnershipControls:bucket",
        "BucketOwnershipControls:rule.objectOwnership",
    ),
    severity=Severity.MEDIUM,
    remediation="Add BucketOwnershipControls with BucketOwnerEnforced.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html",
    frameworks=(
        "FSBP S3.12",
        "CKV2_AWS_65",
        "prowler s3_bucket_acl_prohibited",
        "Config S3_BUCKET_ACL_PROHIBITED",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
