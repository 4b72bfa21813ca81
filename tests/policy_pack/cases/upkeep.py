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
SHARED, RECORDS, OTHER = (
    bucket(f"{purpose}-bucket", bucket=f"ml-dev-{purpose}-7f3a") for purpose in ("shared", "audit", "results")
)
LATER = {"noncurrentDays": UNKNOWN}
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


def kept(*rules: dict[str, Any], of: PackResource = RAW) -> tuple[PackResource, ...]:
    """A bucket, the one of raw data as a rule, with a lifecycle."""
    return of, taken(component(LIFECYCLE, "raw-lifecycle", bucket=UNKNOWN, rules=list(rules)), bucket=of)


def locked(**retention: Any) -> tuple[PackResource, ...]:
    """The shared bucket, of which the stack file says that it is locked, with a lock."""
    return SHARED, taken(lock(**retention), bucket=SHARED)


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
        passes("a filter that narrows nothing", *kept(rule(filter={"prefix": ""}, prefix=""))),
        fails("one prefix alone", "old versions are kept", *kept(rule(filter={"prefix": "tmp/"}))),
        fails("one tag alone", "broken uploads are kept", *kept(rule(filter={"tag": {"key": "a", "value": "b"}}))),
        fails("small objects alone", "old versions are", *kept(rule(filter={"and": {"objectSizeLessThan": 9}}))),
        fails("one prefix, as it was once written", "old versions are kept", *kept(rule(prefix="tmp/"))),
        unknown("whether it narrows must be known", "old versions", *kept(rule(filter={"prefix": UNKNOWN}))),
        absent("no lifecycle", "no BucketLifecycleConfiguration of this stack", RAW),
        absent("no rules", "is given by no rule", *kept()),
        unknown("the days must be known", "is not known", *kept(rule(noncurrentVersionExpiration=UNKNOWN))),
        unknown("whether it is on must be known", "status is not known", *kept(rule(status=UNKNOWN))),
    ],
    "s3-bucket-keeps-what-is-declared": [
        passes("as long as declared", *kept(rule())),
        passes("longer", *kept(rule(noncurrentVersionExpiration={"noncurrentDays": 400}))),
        passes(
            "a bucket of no purpose", bucket("x", bucket="other"), *kept(rule(), of=bucket("x", bucket="other"))[1:]
        ),
        passes("access logs for a year", *kept(rule(expiration={"days": 365}), of=LOG_BUCKET)),
        passes("as locked as declared", *locked(days=30)),
        passes("locked for longer", *locked(years=1)),
        fails("old versions go sooner", "is 1 days", *kept(rule(noncurrentVersionExpiration={"noncurrentDays": 1}))),
        fails("data ends", "says of none that it ends", *kept(rule(expiration={"days": 3650}))),
        fails("data ends on a day", "says of none", *kept(rule(expiration={"date": "2027-01-01T00:00:00Z"}))),
        fails("access logs go sooner", "the stack file says 365", *kept(rule(expiration={"days": 30}), of=LOG_BUCKET)),
        fails("records go sooner", "the stack file says 365", *kept(rule(expiration={"days": 1}), of=RECORDS)),
        fails("locked for less", "ends before the 30 days", *locked(days=29)),
        absent("no lock", "no object lock of this stack", SHARED),
        absent("a lock of no days", "ends before the 30 days", *locked()),
        absent("no lifecycle, which another rule finds", None, RAW),
        unknown(
            "the days must be known", "noncurrentDays is not known", *kept(rule(noncurrentVersionExpiration=LATER))
        ),
        unknown("the days of a lock must be known", "days is not known", *locked(days=UNKNOWN)),
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
        fails("into the bucket itself", "is no bucket for logs", LOG_BUCKET, RAW, logged(RAW)),
        fails("into a bucket of data", "is no bucket for logs", LOG_BUCKET, RAW, OTHER, logged(OTHER)),
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
