"""Replication copies every object, of all tenants, to wherever its destination lies.

A destination is a bucket of this stack or listed; an owner override names a listed account.

Source: Amazon S3 User Guide, "Replicating objects within and across Regions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import inside
from buckets import BUCKETS
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

INLINE = "replicationConfiguration.rules[].destination"
PLACES: dict[str, tuple[str, str]] = {
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": (
        "rules[].destination.bucket",
        "rules[].destination.account",
    ),
    "aws:s3/bucket:Bucket": (f"{INLINE}.bucket", f"{INLINE}.accountId"),
    "aws:s3/bucketV2:BucketV2": (
        "replicationConfigurations[].rules[].destinations[].bucket",
        "replicationConfigurations[].rules[].destinations[].accountId",
    ),
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each destination that is neither a bucket of this stack nor listed."""
    buckets, accounts = Origins(stack, *BUCKETS), inside(options.texts("allowedAccounts")).accounts
    for kind, (bucket, account) in PLACES.items():
        for holder in stack.of_type(kind):
            found = buckets.of(holder, bucket, options.texts("allowedBuckets"))
            for one in found.foreign:
                yield Violation(f"{one.where} is a bucket that is neither of this stack nor listed", holder.urn)
            for one in found.untold:
                yield Undecided(one, holder.urn)
            for one in as_registered(holder).each(account):
                if one.given and str(one.value) not in accounts:
                    yield Violation(f"{one.where} is an account that is not listed", holder.urn)


RULE = Rule(
    id="s3-replication-stays-inside",
    title="Replication copies only to buckets of the stack and to listed ones",
    kind=Kind.STACK,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Replicate to a bucket of the platform.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
    options={"allowedAccounts": texts(), "allowedBuckets": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
