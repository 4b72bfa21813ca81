"""Raw data that nobody can read would be read-only too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import RAW, bucket_of, declared_without_worker, ingestion_of, workers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether each tenant's roles can read and list raw data, and who brings it in can add some."""
    yield from declared_without_worker(stack)
    raw = bucket_of(stack, RAW)
    if raw is None:
        yield Broken(text="the stack has no raw bucket", urn="")
        return
    for kind in ("notebook", "job"):
        for _owner, identity in workers_of(stack, kind):
            query = Query("s3:GetObject", f"{raw.called}/*", sentence="reads a raw object")
            yield Question(identity=identity, query=query, endpoints=kind == "notebook")
            query = Query("s3:ListBucket", raw.called, sentence="lists raw data")
            yield Question(identity=identity, query=query, endpoints=kind == "notebook")
    for identity in ingestion_of(stack):
        query = Query("s3:PutObject", f"{raw.called}/*", sentence="adds a raw object")
        yield Question(identity=identity, query=query, endpoints=True)


CLAIM = Claim(
    id="each-tenant-reads-raw-data",
    sentence="Each tenant reads and lists raw data, and who brings it in adds some.",
    kind=Kind.LIVENESS,
    ask=ask,
)
