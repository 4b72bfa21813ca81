"""Isolation that also keeps tenants from their own data would be proved easily."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import RESULTS, bucket_of, declared_without_worker, own_objects, workers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether each tenant's roles can put, get, delete and list in the own prefix, through the S3 endpoint."""
    yield from declared_without_worker(stack)
    results = bucket_of(stack, RESULTS)
    if results is None:
        yield Broken(text="the stack has no results bucket", urn="")
        return
    for kind in ("notebook", "job"):
        for owner, identity in workers_of(stack, kind):
            for action in ("s3:PutObject", "s3:GetObject", "s3:DeleteObject"):
                query = Query(action, own_objects(results, owner), sentence=f"{action} in its own prefix")
                yield Question(identity=identity, query=query, endpoints=kind == "notebook")
            prefix = {"s3:prefix": f"users/{owner}/"}
            query = Query("s3:ListBucket", results.called, prefix, sentence="lists its own prefix")
            yield Question(identity=identity, query=query, endpoints=kind == "notebook")


CLAIM = Claim(
    id="each-tenant-works-in-its-prefix",
    sentence="Each tenant writes, reads, deletes and lists its own results.",
    kind=Kind.LIVENESS,
    ask=ask,
)
