"""Access lists grant beside every policy, and no rule about policies sees them.

Source: Amazon S3 API Reference, PutBucketAcl.

The provider fills `private` on the old object type, which grants nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_not_be_given
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


LISTS = ("aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2")
OLD_OBJECT = "aws:s3/bucketObject:BucketObject"
GRANTS = {"aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws:s3/objectCopy:ObjectCopy"}


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for a list that is a resource, and for one that a bucket or object carries."""
    if resource.type in LISTS:
        names = {resource.name, resource.read("bucket").value}
        if not names & set(options.texts("logDeliveryBuckets")):
            yield Violation("an access list is a resource of the stack")
        return
    filled_in = resource.type == OLD_OBJECT and resource.read("acl").value == "private"
    if not filled_in:
        yield from must_not_be_given(resource, "acl", why="an access list grants beside every policy")
    if resource.type in GRANTS:
        yield from must_not_be_given(resource, "grants", why="an access list grants beside every policy")


RULE = Rule(
    id="s3-bucket-has-no-acl",
    title="No access list on buckets or objects",
    kind=Kind.RESOURCE,
    types=(
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketAcl:BucketAcl",
        "aws:s3/bucketAclV2:BucketAclV2",
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/objectCopy:ObjectCopy",
    ),
    paths=(
        "Bucket:acl",
        "BucketV2:acl",
        "BucketObject:acl",
        "BucketObjectv2:acl",
        "ObjectCopy:acl",
        "Bucket:grants[]",
        "BucketV2:grants[]",
        "ObjectCopy:grants[]",
        "BucketAcl:bucket",
        "BucketAclV2:bucket",
    ),
    severity=Severity.HIGH,
    remediation="Remove the access list and grant by policy.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html",
    frameworks=(
        "FSBP S3.12",
        "CKV_AWS_20",
        "CKV_AWS_57",
        "CKV_AWS_375",
        "CKV2_AWS_43",
        "prowler s3_bucket_public_write_acl",
        "prowler s3_bucket_public_list_acl",
    ),
    options={
        "logDeliveryBuckets": texts(),
    },
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
