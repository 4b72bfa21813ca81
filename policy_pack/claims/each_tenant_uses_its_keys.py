"""Data that its owner cannot decrypt is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import declared_without_worker, own_keys, owner_of_key, workers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether each tenant's roles can decrypt, and make data keys, through S3, and read what all tenants share.

    With the own key where each tenant has one, and then with one of the platform's too, under which raw data lie.
    """
    yield from declared_without_worker(stack)
    shared, own = tuple(key.called for key in stack.keys if owner_of_key(key) is None), own_keys(stack)
    via = {"kms:ViaService": f"s3.{stack.region}.amazonaws.com"}
    for kind in ("notebook", "job"):
        for owner, identity in workers_of(stack, kind):
            for action in ("kms:Decrypt", "kms:GenerateDataKey"):
                keys = (own[owner],) if owner in own else shared
                query = Query(action, Like(*keys), via, sentence=f"{action} through S3")
                yield Question(identity=identity, query=query)
            query = Query("kms:Decrypt", Like(*shared), via, sentence="kms:Decrypt of what all tenants read")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="each-tenant-uses-its-keys",
    sentence="Each tenant decrypts and encrypts its own data through S3.",
    kind=Kind.LIVENESS,
    ask=ask,
)
