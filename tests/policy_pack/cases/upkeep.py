"""Cases of the rules about what buckets keep, lock and record."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.baselines import bucket
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    passes,
    taken,
    unknown,
)

RAW = bucket()
LOG_BUCKET = component("aws:s3/bucket:Bucket", "access-logs-bucket", bucket="ml-dev-access-logs-7f3a")
LIFECYCLE, LOGGING, LOCK = (
    f"aws:s3/bucket{kind}:Bucket{kind}" for kind in ("LifecycleConfiguration", "Logging", "ObjectLockConfiguration")
)


def rule(**changes: Any) -> dict[str, Any]:
    """A rule of a lifecycle that ends what is left over."""
    whole = {
        "id": "x",
        "status": "Enabled",
        "noncurrentVersionExpiration": {"noncurrentDays": 90},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not ABSENT}


def kept(*rules: dict[str, Any]) -> tuple[PackResource, ...]:
    """The raw bucket with a lifecycle."""
    return RAW, taken(component(LIFECYCLE, "raw-lifecycle", bucket=UNKNOWN, rules=list(rules)), bucket=RAW)


def logged(target: PackResource | None = LOG_BUCKET, **changes: Any) -> PackResource:
    """The logging of the raw bucket."""
    given = {"bucket": UNKNOWN, "targetBucket": UNKNOWN, "targetPrefix": "raw/", **changes}
    logging = taken(component(LOGGING, "logs-of-raw", **given), bucket=RAW)
    return taken(logging, targetBucket=target) if target is not None else logging


def lock(**retention: Any) -> PackResource:
    """An object lock with a default retention."""
    return component(LOCK, "raw-lock", bucket=UNKNOWN, rule={"defaultRetention": retention})


CASES: dict[str, list[Case]] = {
    "s3-bucket-has-lifecycle": [
        passes("both ended by one rule", *kept(rule())),
        passes(
            "each by a rule of its own",
            *kept(rule(abortIncompleteMultipartUpload=ABSENT), rule(noncurrentVersionExpiration=ABSENT)),
        ),
        passes("an exempt bucket", RAW, options={"exemptBuckets": ["raw"]}),
        fails("a rule that is off", "is not Enabled", *kept(rule(status="Disabled"))),
        fails("one rule of two is off", "rules[1].status", *kept(rule(), rule(status="Disabled"))),
        fails("old versions stay", "old versions are kept", *kept(rule(noncurrentVersionExpiration=ABSENT))),
        fails("broken uploads stay", "broken uploads are kept", *kept(rule(abortIncompleteMultipartUpload=ABSENT))),
        absent("no lifecycle", "no BucketLifecycleConfiguration of this stack", RAW),
        absent("no rules", "is given by no rule", *kept()),
        unknown("the days must be known", "is not known", *kept(rule(noncurrentVersionExpiration=UNKNOWN))),
        unknown("whether it is on must be known", "status is not known", *kept(rule(status=UNKNOWN))),
    ],
    "s3-bucket-access-is-logged": [
        passes("into the log bucket", LOG_BUCKET, RAW, logged()),
        passes("known by its name", LOG_BUCKET, RAW, logged(None, targetBucket="ml-dev-access-logs-7f3a")),
        passes("into a listed bucket", RAW, logged(None, targetBucket="logs"), options={"logBuckets": ["logs"]}),
        passes("the trail records instead", RAW, options={"dataEventsInstead": True}),
        passes("the log bucket itself", LOG_BUCKET),
        fails(
            "into a stranger's bucket",
            "targetBucket is a bucket neither",
            LOG_BUCKET,
            RAW,
            logged(None, targetBucket="theirs"),
        ),
        fails("one bucket of two", "no BucketLogging of this stack", LOG_BUCKET, RAW, logged(), bucket("results")),
        absent("no logging", "no BucketLogging of this stack", RAW),
        unknown("a target that nobody can tell", "targetBucket is not known", LOG_BUCKET, RAW, logged(None)),
    ],
    "s3-object-lock-retains": [
        passes("for days", lock(mode="GOVERNANCE", days=30)),
        passes("for years", lock(mode="COMPLIANCE", years=1)),
        fails("in no mode of S3", "mode has another value", lock(mode="SOFT", days=30)),
        fails("for no time", "names neither days nor years", lock(mode="GOVERNANCE", days=0)),
        absent("no mode", "mode is absent", lock(days=30)),
        absent("no time", "names neither days nor years", lock(mode="GOVERNANCE")),
        absent("no rule", "names neither days nor years", component(LOCK, "raw-lock", bucket=UNKNOWN)),
        unknown("the days must be known", "days is not known", lock(mode="GOVERNANCE", days=UNKNOWN)),
    ],
}
