"""A web site hands objects to browsers without a signature and without TLS.

Source: Amazon S3 User Guide, "Website endpoints".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_not_be_given
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

BUCKET = "aws:s3/bucket:Bucket"


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for a web site inside a bucket, and for one beside it."""
    if resource.type == BUCKET:
        yield from must_not_be_given(resource, "website", why="the bucket is a web site")
    else:
        yield Violation("the bucket that it names is a web site")


RULE = Rule(
    id="s3-bucket-has-no-website",
    title="No bucket is a web site",
    kind=Kind.RESOURCE,
    types=(BUCKET, "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"),
    paths=("Bucket:website",),
    severity=Severity.HIGH,
    remediation="Remove the web site configuration.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html",
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
