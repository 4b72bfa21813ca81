"""Without a record nobody can say who read what, and when.

Source: Amazon S3 User Guide, "Logging requests with server access logging".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from origins import Origins
from rule import Kind, Rule, Severity, Violation, flag, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
SIBLINGS = ("aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket whose requests nobody records, and for logs that leave the stack."""
    if not options["dataEventsInstead"]:
        yield from each_has_one(
            stack, SIBLINGS, missing="requests to it are recorded nowhere", exempt=options.texts("logBuckets")
        )
    targets = Origins(stack, *BUCKETS)
    for logging in stack.of_type(*SIBLINGS):
        yield from targets.strangers(
            logging,
            "targetBucket",
            "is a bucket neither of this stack nor of the options, so the names of objects leave",
            options.texts("logBuckets"),
        )
        for target in targets.of(logging, "targetBucket").resources:
            called = {target.name, target.read("bucket").value}
            if not called & set(options.texts("logBuckets")):
                text = (
                    "targetBucket is no bucket for logs: whoever reads that bucket reads the logs, and it logs itself"
                )
                yield Violation(text, logging.urn)


RULE = Rule(
    id="s3-bucket-access-is-logged",
    title="Requests to each bucket are recorded, in a bucket of the stack",
    kind=Kind.STACK,
    types=(*BUCKETS, *SIBLINGS),
    paths=("BucketLogging:bucket", "BucketLogging:targetBucket", "Bucket:bucket"),
    severity=Severity.MEDIUM,
    remediation="Add a BucketLogging to the log bucket, or rely on data events of the trail and say so in the options.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
    frameworks=(
        "FSBP S3.9",
        "CKV_AWS_18",
        "prowler s3_bucket_server_access_logging_enabled",
        "Config S3_BUCKET_LOGGING_ENABLED",
        "cdk-nag AwsSolutions-S1",
    ),
    options={
        "logBuckets": texts("access-logs-bucket", description="Names of buckets that logs are delivered to"),
        "dataEventsInstead": flag(default=False),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
