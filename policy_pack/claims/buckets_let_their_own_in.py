"""A bucket's policy that refuses too much is loosened in a hurry: what it has to let through is asked of it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asking import (
    DATA,
    RAW,
    RESULTS,
    SHARED,
    STAGING,
    bucket_of,
    declared_without_bucket,
    everything,
    own_keys,
    workers_of,
)
from claim import Claim, Example, Kind
from data_requests import ADMINISTERS, CIPHER, KEY_OF_UPLOAD, LISTS, PLAIN, READS, key_of
from examples import each, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claim import Broken
    from environment import StackPolicies
    from examples import Keys
    from identities import Identity


def ask(stack: StackPolicies) -> Iterator[Example | Broken]:
    """Ask, of tenants and administrators of data with every right, for reads, writes and uploads by the endpoint."""
    yield from declared_without_bucket(stack)
    way = through(stack, "s3")
    for owner, worker in workers_of(stack, "notebook") if way else ():
        plain = replace(worker, policies=(everything("every right"),), boundary=None)
        admin = replace(plain, principal=replace(plain.principal, tags={**plain.tags, **ADMINISTERS}))
        for purpose in DATA:
            yield from _in(stack, purpose, owner, plain, admin, way or {})


def _in(
    stack: StackPolicies, purpose: str, owner: str, plain: Identity, admin: Identity, way: Keys
) -> Iterator[Example]:
    bucket = bucket_of(stack, purpose)
    if bucket is None:
        return
    anything, own = f"{bucket.called}/x", f"{bucket.called}/users/{owner}/x"
    ours = {**way, CIPHER: "aws:kms", KEY_OF_UPLOAD: key_of(stack, bucket, owner)}
    if purpose == RESULTS:
        # Who has an own key names it in every upload.
        unnamed = tuple(action for action in PLAIN if action != "s3:PutObject" or owner not in own_keys(stack))
        yield from each(plain, way, {own: unnamed})
        yield from each(plain, ours, {own: ("s3:PutObject",)})
        yield from each(plain, {**way, "s3:prefix": f"users/{owner}/"}, {bucket.called: LISTS})
        yield from each(admin, way, {anything: READS, bucket.called: LISTS})
    if purpose in (RAW, SHARED):
        yield from each(plain, way, {anything: READS, bucket.called: LISTS})
    if purpose in (RAW, SHARED, STAGING):
        yield from each(admin, way, {anything: PLAIN, bucket.called: LISTS})
        yield from each(admin, ours, {anything: ("s3:PutObject",)})


CLAIM = Claim(
    id="buckets-let-their-own-in",
    sentence="Each bucket's own policy lets tenants read and write what is theirs, and administrators of data theirs.",
    kind=Kind.LIVENESS,
    ask=ask,
    assumptions=("who asks holds every right that an identity policy can give",),
)
