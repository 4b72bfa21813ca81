"""How long a bucket keeps what, and how cheaply."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi_aws as aws

LOCK_MODES = ("governance", "compliance")


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What becomes of objects, in days; None is never.

    `old_versions` days after an object was replaced or deleted its old version goes; unfinished uploads go after
    `unfinished_uploads`, objects themselves after `objects`. `infrequent_access` and `archive` move objects to cheaper
    storage from which they are still read at once. `lock_days` keeps each new version for that long, in `lock_mode`.
    """

    old_versions: int = 90
    unfinished_uploads: int = 7
    infrequent_access: int | None = None
    archive: int | None = None
    objects: int | None = None
    lock_days: int | None = None
    lock_mode: str = "governance"

    def __post_init__(self) -> None:
        if self.lock_mode not in LOCK_MODES:
            raise ValueError(
                f"lock_mode: {self.lock_mode!r} given, {', '.join(LOCK_MODES)} are allowed, S3 knows no other; write "
                "governance, which break-glass can lift"
            )


def lifecycle_rules(upkeep: Upkeep) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """Return the lifecycle of a bucket: one rule for what is left over, one for cheaper storage, one for an end."""
    whole = aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix="")
    rules = [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="remove-what-is-left-over",
            status="Enabled",
            filter=whole,
            noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=upkeep.old_versions
            ),
            abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=upkeep.unfinished_uploads
            ),
        )
    ]
    steps = [("STANDARD_IA", upkeep.infrequent_access), ("GLACIER_IR", upkeep.archive)]
    transitions = [
        aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=storage_class)
        for storage_class, days in steps
        if days
    ]
    if transitions:
        rules.append(
            aws.s3.BucketLifecycleConfigurationRuleArgs(
                id="move-to-cheaper-storage", status="Enabled", filter=whole, transitions=transitions
            )
        )
    if upkeep.objects:
        rules.append(
            aws.s3.BucketLifecycleConfigurationRuleArgs(
                id="remove-old-objects",
                status="Enabled",
                filter=whole,
                expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=upkeep.objects),
            )
        )
    return rules
