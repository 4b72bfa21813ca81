"""Data that its owner cannot decrypt is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import declared_without_worker, workers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether each tenant's roles can decrypt, and make data keys, with a key of the stack through S3."""
    yield from declared_without_worker(stack)
    keys = tuple(key.called for key in stack.keys)
    via = {"kms:ViaService": f"s3.{stack.region}.amazonaws.com"}
    for kind in ("notebook", "job"):
        for _owner, identity in workers_of(stack, kind):
            for action in ("kms:Decrypt", "kms:GenerateDataKey"):
                query = Query(action, Like(*keys), via, sentence=f"{action} through S3")
                yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="each-tenant-uses-its-keys",
    sentence="Each tenant decrypts and encrypts its own data through S3.",
    kind=Kind.LIVENESS,
    ask=ask,
)
