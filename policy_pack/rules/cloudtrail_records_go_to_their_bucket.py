"""Records that are delivered elsewhere can be read, changed and removed by whoever owns that place.

The bucket of records is the stack's own whose policy keeps them; where the stack file says what it is called, no other
bucket of the stack is taken for it.

Source: AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"; AWS Config Developer Guide, "Delivery
channel".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import Origins
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
RECORDS = ("aws:cloudtrail/trail:Trail", "aws:cfg/deliveryChannel:DeliveryChannel")
PATH = "s3BucketName"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each trail and delivery channel that delivers to another bucket than that of records."""
    listed, buckets = options.texts("recordBuckets"), Origins(stack, *BUCKETS)
    called = stack_config.bucket_called("audit")
    for record in stack.of_type(*RECORDS):
        yield from buckets.strangers(record, PATH, "is a bucket neither of this stack nor of the options", listed)
        for bucket in buckets.of(record, PATH, listed).resources:
            if called is not None and bucket.read("bucket").value != called:
                yield Violation(f"{PATH} is {bucket.name}, and not the bucket of records", record.urn)


RULE = Rule(
    id="cloudtrail-records-go-to-their-bucket",
    title="CloudTrail and Config deliver to the bucket of records",
    kind=Kind.STACK,
    types=(*BUCKETS, *RECORDS),
    paths=("Trail:s3BucketName", "DeliveryChannel:s3BucketName", "Bucket:bucket"),
    severity=Severity.HIGH,
    remediation="Deliver to the bucket of records of this stack, or list the bucket of an account that keeps records.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
    options={"recordBuckets": texts(description="names of buckets outside the stack that keep records")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
