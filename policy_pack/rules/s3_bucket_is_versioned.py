"""Without versions an overwritten or deleted object is lost, and a bucket cannot be restored.

Source: Amazon S3 API Reference, PutBucketVersioning (default: off).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from checks import must_equal
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


SIBLINGS = (
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
)


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for what is wrong in it."""
    yield from each_has_one(
        stack,
        SIBLINGS,
        missing="overwritten and deleted objects are lost",
        exempt=options.texts("exemptBuckets"),
        judge=_judge,
    )


def _judge(sibling: Resource) -> Findings:
    path = "versioningConfiguration.status"
    yield from must_equal(sibling, path, "Enabled", absent="no version is kept", urn=sibling.urn)


RULE = Rule(
    id="s3-bucket-is-versioned",
    title="Each bucket keeps versions",
    kind=Kind.STACK,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:s3/bucketVersioningV2:BucketVersioningV2",
    ),
    paths=(
        "BucketVersioning:bucket",
        "BucketVersioning:versioningConfiguration.status",
    ),
    severity=Severity.MEDIUM,
    remediation="Add a BucketVersioning with status Enabled.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
    frameworks=(
        "FSBP S3.14",
        "CKV_AWS_21",
        "prowler s3_bucket_object_versioning",
        "Config S3_BUCKET_VERSIONING_ENABLED",
    ),
    options={
        "exemptBuckets": texts(),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
