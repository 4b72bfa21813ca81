"""Names tell as much as contents do: a tenant sees the names below its own prefix and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import RESULTS, bucket_of, tenants_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


LISTINGS = ("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for a listing of anything but its own prefix, or of no prefix at all."""
    results = bucket_of(stack, RESULTS)
    for owner, identity in tenants_of(stack):
        if results:
            elsewhere = {"s3:prefix": OtherThan(f"users/{owner}/*").or_missing()}
            query = Query(LISTINGS, results.called, elsewhere, sentence="lists names that are not its own")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-tenant-lists-others-objects",
    sentence="No tenant lists the results of another tenant, not even their names.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-works-in-its-prefix",
)
