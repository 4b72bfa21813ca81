"""Rules about buckets whose setting is a resource beside the bucket: each bucket needs exactly one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Undecided, Violation
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resources import Resource, Stack
    from rule import Findings

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")


def each_has_one(
    stack: Stack,
    siblings: tuple[str, ...],
    *,
    missing: str,
    exempt: Iterable[str] = (),
    judge: Callable[[Resource], Findings] | None = None,
) -> Findings:
    """Yield a finding for each bucket without exactly one sibling, and what `judge` finds in each sibling.

    `exempt` lists physical or logical names of buckets; `missing` says what AWS does without the sibling.
    """
    found = find(stack, BUCKETS, siblings, "bucket")
    kind = siblings[0].rpartition(":")[2]
    spared = set(exempt)
    for bucket in found.parents:
        if bucket.name in spared or bucket.read("bucket").value in spared:
            continue
        count = len(found.of[bucket.urn])
        if count == 0:
            yield Violation(f"no {kind} of this stack belongs to the bucket: {missing}", bucket.urn)
        elif count > 1:
            yield Violation(
                f"{count} resources of the kind {kind} belong to the bucket and overwrite each other", bucket.urn
            )
        elif judge is not None:
            yield from judge(found.of[bucket.urn][0])
    for sibling in found.unattributed:
        yield Undecided(sibling.read("bucket"), sibling.urn)
