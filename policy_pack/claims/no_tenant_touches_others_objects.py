"""A tenant's objects are the tenant's alone: nobody else's identity reads, writes, tags, restores or deletes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import READ_BY_ALL, RESULTS, STAGING, administers_data, bucket_of, own_objects, tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any request on an object that is neither its own nor read by all."""
    results = bucket_of(stack, RESULTS)
    staging = bucket_of(stack, STAGING)
    shared = {bucket.called for purpose in READ_BY_ALL if (bucket := bucket_of(stack, purpose))}
    objects = tuple(f"{bucket.called}/*" for bucket in stack.buckets if bucket.called not in shared)
    for owner, identity in tenants_of(stack):
        own = (own_objects(results, owner),) if results else ()
        if staging and administers_data(identity):
            own = (*own, f"{staging.called}/*")
        if objects:
            others = Like(*objects).but(*own)
            yield Question(
                identity=identity, query=Query("s3:*", others, sentence="touches an object that is not its own")
            )


CLAIM = Claim(
    id="no-tenant-touches-others-objects",
    sentence="No tenant reads, writes or deletes an object outside its prefix, but for data that all may read.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-works-in-its-prefix",
)
