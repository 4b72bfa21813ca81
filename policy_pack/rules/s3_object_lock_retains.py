"""An object lock without a default retention locks nothing that an upload does not lock itself.

Source: Amazon S3 API Reference, PutObjectLockConfiguration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_among
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


RETENTION = "rule.defaultRetention"


def validate(lock: Resource, _options: Options) -> Findings:
    """Yield a finding unless new objects are kept for days or years, in a mode that S3 knows."""
    yield from must_be_among(
        lock, f"{RETENTION}.mode", ("GOVERNANCE", "COMPLIANCE"), absent="new objects are not retained"
    )
    times = [lock.read(f"{RETENTION}.{unit}") for unit in ("days", "years")]
    if any(time.unknown for time in times):
        yield from (Undecided(time) for time in times if time.unknown)
    elif not any(time.present and time.value > 0 for time in times):
        yield Violation(f"{RETENTION} names neither days nor years")


RULE = Rule(
    id="s3-object-lock-retains",
    title="An object lock retains new objects",
    kind=Kind.RESOURCE,
    types=(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
    ),
    paths=(f"{RETENTION}.mode", f"{RETENTION}.days", f"{RETENTION}.years"),
    severity=Severity.MEDIUM,
    remediation="Give the lock a default retention with a mode and days.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html",
    validate=validate,
)
