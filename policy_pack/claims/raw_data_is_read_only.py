"""Raw data is evidence: tenants read it, and only who administers it adds to it or takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import RAW, READS_OF_OBJECTS, administers_data, bucket_of, tenants_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity that does not administer data, for anything but a read of a raw object."""
    raw = bucket_of(stack, RAW)
    for _owner, identity in tenants_of(stack):
        if raw and not administers_data(identity):
            query = Query("s3:*", f"{raw.called}/*", but=READS_OF_OBJECTS, sentence="changes raw data")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="raw-data-is-read-only",
    sentence="Engineers read raw data and never change it.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-reads-raw-data",
)
