"""With force destroy one mistaken `pulumi destroy` takes every object of every tenant along.

Source: Amazon S3 API Reference, DeleteBucket (a bucket with objects is not deleted).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from checks import must_be_off
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(bucket: Resource, options: Options) -> Findings:
    """Yield a finding where the bucket may be destroyed with its objects, outside the environments of the options."""
    if stack_config.environment() not in options.texts("allowedEnvironments"):
        yield from must_be_off(bucket, "forceDestroy", why="the objects are destroyed with the bucket")


RULE = Rule(
    id="s3-bucket-force-destroy-is-off",
    title="Buckets with data are not destroyed with their objects",
    kind=Kind.RESOURCE,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
    ),
    paths=("forceDestroy",),
    severity=Severity.MEDIUM,
    remediation="Remove forceDestroy; only the environments of the option allowedEnvironments may use it.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html",
    options={
        "allowedEnvironments": texts("dev"),
    },
    validate=validate,
)
