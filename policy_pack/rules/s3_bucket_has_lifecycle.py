"""Without a lifecycle old versions and broken uploads are kept, and paid for, for ever.

Source: Amazon S3 API Reference, PutBucketLifecycleConfiguration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from buckets import each_has_one
from lifecycles import LIFECYCLES, NARROWS, for_all_objects
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


OLD_VERSIONS = "rules[].noncurrentVersionExpiration.noncurrentDays"
BROKEN_UPLOADS = "rules[].abortIncompleteMultipartUpload.daysAfterInitiation"
STATUS = "rules[].status"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket without the sibling, and for one that keeps leftovers."""
    yield from each_has_one(
        stack,
        LIFECYCLES,
        missing="old versions and broken uploads are kept for ever",
        exempt=options.texts("exemptBuckets"),
        judge=_judge,
    )


def _judge(sibling: Resource) -> Findings:
    """Yield a finding unless rules that are in force end old versions and broken uploads."""
    for status in sibling.each(STATUS):
        if status.unknown:
            yield Undecided(status, sibling.urn)
        elif status.value != "Enabled":
            yield Violation(f"{status.where} is not Enabled, so the rule does nothing", sibling.urn)
    for path, what in ((OLD_VERSIONS, "old versions"), (BROKEN_UPLOADS, "broken uploads")):
        given = for_all_objects(sibling, path)
        unread = [one for one in given if one.unknown]
        if any(one.present for one in given):
            continue
        if unread:
            yield Undecided(unread[0], sibling.urn)
        else:
            yield Violation(f"{path} is given by no rule for all objects: {what} are kept for ever", sibling.urn)


RULE = Rule(
    id="s3-bucket-has-lifecycle",
    title="Buckets tidy up old versions and broken uploads",
    kind=Kind.STACK,
    types=("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", *LIFECYCLES),
    paths=(
        "BucketLifecycleConfiguration:bucket",
        f"BucketLifecycleConfiguration:{OLD_VERSIONS}",
        f"BucketLifecycleConfiguration:{BROKEN_UPLOADS}",
        f"BucketLifecycleConfiguration:{STATUS}",
        *NARROWS,
    ),
    severity=Severity.LOW,
    remediation="Add a lifecycle rule for non-current versions and unfinished uploads.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html",
    frameworks=(
        "FSBP S3.10",
        "FSBP S3.13",
        "CKV2_AWS_61",
        "CKV_AWS_300",
        "prowler s3_bucket_lifecycle_enabled",
        "Config S3_LIFECYCLE_POLICY_CHECK",
    ),
    options={"exemptBuckets": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
