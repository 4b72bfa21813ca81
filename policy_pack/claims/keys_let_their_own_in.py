"""A key that refuses its own makes every object under it unreadable, whatever the identity was granted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asking import everything, own_keys, workers_of
from claim import Claim, Example, Kind
from data_requests import ADMINISTERS
from examples import ANYWHERE, each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey")


def ask(stack: StackPolicies) -> Iterator[Example]:
    """Ask, of tenants and administrators of data with every right, for each use of what encrypts their data."""
    by_name = {key.name: key.called for key in stack.keys}
    via_s3, via_work = ({"kms:ViaService": f"{one}.{stack.region}.amazonaws.com"} for one in ("s3", "sagemaker"))
    for owner, worker in workers_of(stack, "notebook"):
        plain = replace(worker, policies=(everything("every right"),), boundary=None)
        admin = replace(plain, principal=replace(plain.principal, tags={**plain.tags, **ADMINISTERS}))
        rows = (
            (plain, "data-key", (via_s3, via_work)),
            (admin, "data-key", (via_s3,)),
            (admin, "partners-key", (via_s3,)),
        )
        for identity, name, ways in rows:
            for way in ways:
                yield from each(identity, {**ANYWHERE, **way}, {by_name[name]: USES} if name in by_name else {})
        if owner in own_keys(stack):
            yield from each(plain, {**ANYWHERE, **via_s3}, {own_keys(stack)[owner]: USES})


CLAIM = Claim(
    id="keys-let-their-own-in",
    sentence="Each key's own policy lets tenants use what encrypts their data, and administrators of data theirs.",
    kind=Kind.LIVENESS,
    ask=ask,
    assumptions=("who asks holds every right that an identity policy can give",),
)
