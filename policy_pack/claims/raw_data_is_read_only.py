"""Raw data is evidence: tenants read it, who brings it in adds to it, and only who administers it takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import DATA, RAW, READS_OF_OBJECTS, administers_data, bucket_of, ingestion_of, tenants_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


ADDS = ("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity that does not administer data, for anything but a read of a raw object.

    Of who brings raw data in, and might hold every right, ask for anything but adding some.
    """
    raw = bucket_of(stack, RAW)
    for _owner, identity in tenants_of(stack):
        if raw and not administers_data(identity):
            query = Query("s3:*", f"{raw.called}/*", but=READS_OF_OBJECTS, sentence="changes raw data")
            yield Question(identity=identity, query=query)
            query = Query("s3:ListBucketVersions", raw.called, sentence="lists what raw data was before")
            yield Question(identity=identity, query=query)
    found = (bucket_of(stack, purpose) for purpose in DATA if purpose != RAW)
    others = tuple(f"{one.called}/*" for one in found if one)
    for identity in ingestion_of(stack):
        if raw:
            query = Query("s3:*", f"{raw.called}/*", but=ADDS, sentence="does more than add raw objects")
            yield Question(identity=identity, query=query)
        if others:
            yield Question(identity=identity, query=Query("s3:*", others, sentence="touches an object that is not raw"))


CLAIM = Claim(
    id="raw-data-is-read-only",
    sentence="Engineers read raw data and never change it; who brings it in adds to it, and does nothing else.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("who brings raw data in holds every right that an identity policy can give",),
    partner="each-tenant-reads-raw-data",
)
