"""A lifecycle that is shorter than somebody decided loses data and records without an error.

What was decided stands in the stack file: how long old versions can be brought back, how long records and access logs
are kept, what is locked. Of data itself it says no end, so no lifecycle may have one.

Source: Amazon S3 User Guide, "Managing the lifecycle of objects" and "Locking objects with Object Lock".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import stack_config
from lifecycles import LIFECYCLES
from rule import Kind, Rule, Severity, Undecided, Violation
from siblings import find

if TYPE_CHECKING:
    from reading import Reading, Wire
    from resources import Resource, Stack
    from rule import Findings, Options

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
LOCKS = tuple(
    f"aws:s3/bucketObjectLockConfiguration{version}:BucketObjectLockConfiguration{version}" for version in ("", "V2")
)
OLD_VERSIONS, OBJECTS = "rules[].noncurrentVersionExpiration.noncurrentDays", "rules[].expiration.days"
DATED, RETENTION = "rules[].expiration.date", "rule.defaultRetention"
DATA, ACCESS_LOGS, AUDIT = ("raw", "results", "shared", "staging"), "access-logs", "audit"
USUAL_OLD_VERSIONS, USUAL_KEPT, KEPT_IN_PROD = 90, 365, 2557  # days
YEAR = 365


@dataclass(frozen=True)
class Decided:
    """What the stack file says of a bucket, in days: `objects` and `locked` are None where it says nothing."""

    old_versions: float
    objects: float | None
    locked: float | None


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each bucket of a purpose that loses what it has to keep."""
    lifecycles, locks = find(stack, BUCKETS, LIFECYCLES, "bucket"), find(stack, BUCKETS, LOCKS, "bucket")
    purposes = {stack_config.bucket_called(purpose): purpose for purpose in (*DATA, ACCESS_LOGS, AUDIT)}
    for bucket in lifecycles.parents:
        purpose = purposes.get(bucket.read("bucket").value) if bucket.read("bucket").present else None
        if purpose is None:
            continue
        decided = _decided(purpose)
        for lifecycle in lifecycles.of[bucket.urn]:
            yield from _ends(lifecycle, decided)
        if decided.locked is not None:
            yield from _locked(bucket, locks.of[bucket.urn], decided.locked)


def _decided(purpose: str) -> Decided:
    said = stack_config.of_bucket(purpose)
    lock = said.get("object-lock")
    locked = lock.get("days") if isinstance(lock, dict) else None
    objects: Wire = None
    if purpose == AUDIT:
        usual = KEPT_IN_PROD if stack_config.environment() == "prod" else USUAL_KEPT
        objects, locked = stack_config.of_records("keep-days") or usual, stack_config.of_records("lock-days")
    if purpose == ACCESS_LOGS:
        objects = said.get("keep-days", USUAL_KEPT)
    return Decided(said.get("old-versions-days", USUAL_OLD_VERSIONS), objects, locked)


def _ends(lifecycle: Resource, decided: Decided) -> Findings:
    """Yield a finding for each end that comes before the one that was decided, or that nobody decided."""
    for found in lifecycle.each(OLD_VERSIONS):
        yield from _sooner(found, decided.old_versions, lifecycle.urn)
    for found in (*lifecycle.each(OBJECTS), *lifecycle.each(DATED)):
        if decided.objects is None or found.path == DATED:
            if found.given:
                yield Violation(
                    f"{found.where} removes objects, and the stack file says of none that it ends", lifecycle.urn
                )
        else:
            yield from _sooner(found, decided.objects, lifecycle.urn)


def _sooner(found: Reading, decided: float, urn: str) -> Findings:
    if found.unknown:
        yield Undecided(found, urn)
    elif found.present and found.value < decided:
        yield Violation(f"{found.where} is {found.value:g} days, and the stack file says {decided:g}", urn)


def _locked(bucket: Resource, locks: list[Resource], decided: float) -> Findings:
    if not locks:
        yield Violation(
            f"no object lock of this stack belongs to the bucket, and the stack file says {decided:g} days", bucket.urn
        )
    for lock in locks:
        days, years = lock.read(f"{RETENTION}.days"), lock.read(f"{RETENTION}.years")
        if days.unknown or years.unknown:
            yield from (Undecided(one, lock.urn) for one in (days, years) if one.unknown)
        elif (days.value or 0) + YEAR * (years.value or 0) < decided:
            yield Violation(f"the lock ends before the {decided:g} days of the stack file", lock.urn)


RULE = Rule(
    id="s3-bucket-keeps-what-is-declared",
    title="Buckets keep data, versions and records as long as the stack file says",
    kind=Kind.STACK,
    types=(*BUCKETS, *LIFECYCLES, *LOCKS),
    paths=(
        "Bucket:bucket",
        "BucketLifecycleConfiguration:bucket",
        f"BucketLifecycleConfiguration:{OLD_VERSIONS}",
        f"BucketLifecycleConfiguration:{OBJECTS}",
        f"BucketLifecycleConfiguration:{DATED}",
        "BucketObjectLockConfiguration:bucket",
        f"BucketObjectLockConfiguration:{RETENTION}.days",
        f"BucketObjectLockConfiguration:{RETENTION}.years",
    ),
    severity=Severity.HIGH,
    remediation="Give lifecycle and lock the days of the stack file, or decide on others there.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
