"""A grant that is too wide is a slip of a moment; the bucket's own policy has to hold against it, by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asking import (
    DATA,
    OWNER,
    RAW,
    RESULTS,
    SHARED,
    STAGING,
    administrators_of,
    bucket_of,
    everything,
    own_objects,
    workers_of,
)
from claim import Claim, Kind, Question
from data_requests import ADMINISTERS, CIPHER, KEY_OF_UPLOAD, LISTS, PLAIN, READS, key_of, outsiders

from iamproof import Like, OtherThan, Query, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from environment import StackPolicies
    from guarded import Guarded
    from identities import Identity


NO_SERVICE = OtherThan("true").or_missing()

Row = tuple[
    "tuple[str, ...] | str", "str | tuple[str, ...] | Values", "Mapping[str, Values | str]", "tuple[str, ...]", str
]


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of tenants and of others that hold every right, for what each bucket's policy has to refuse by itself."""
    purposes = {bucket.called: purpose for purpose in DATA if (bucket := bucket_of(stack, purpose))}
    for bucket in stack.buckets:
        both = (bucket.called, f"{bucket.called}/*")
        for outsider in outsiders(stack):
            yield Question(identity=outsider, query=Query("s3:*", both, sentence=f"reaches {bucket.name} unlisted"))
        for deployer in administrators_of(stack):
            query = Query("s3:*", both, {"aws:SecureTransport": "false"}, sentence=f"reaches {bucket.name} over HTTP")
            yield Question(identity=deployer, query=query)
    for owner, worker in workers_of(stack, "notebook"):
        plain = replace(worker, policies=(everything("every right"),), boundary=None)
        tags = {**plain.tags, **ADMINISTERS}
        admin = replace(plain, principal=replace(plain.principal, tags=tags))
        for bucket in stack.buckets:
            if bucket.called in purposes:
                rows = [*_of_all(stack, bucket, owner), *_of_tenants(bucket, purposes[bucket.called], owner)]
                yield from _questions(plain, rows)
                yield from _questions(admin, _of_administrators(stack, bucket, purposes[bucket.called]))
        results = bucket_of(stack, RESULTS)
        if results:
            untagged = {key: value for key, value in plain.tags.items() if key != OWNER}
            nobody = replace(plain, principal=replace(plain.principal, tags=untagged))
            yield from _questions(nobody, [("s3:*", f"{results.called}/*", {}, (), "reaches results as nobody's")])


def _questions(identity: Identity, rows: Iterable[Row]) -> Iterator[Question]:
    for actions, resources, context, but, sentence in rows:
        query = Query(actions, resources, context, but=but, sentence=f"{sentence}, were everything granted")
        yield Question(identity=identity, query=query)


def _of_all(stack: StackPolicies, bucket: Guarded, owner: str) -> list[Row]:
    """Return what every bucket refuses every tenant, on the bucket and on its objects."""
    objects, both = f"{bucket.called}/*", (bucket.called, f"{bucket.called}/*")
    key = key_of(stack, bucket, owner)
    other_key = {CIPHER: Like("?*"), KEY_OF_UPLOAD: OtherThan(key).or_missing()}
    rows: list[Row] = [
        ("s3:*", both, {"aws:SecureTransport": "false"}, (), f"reaches {bucket.name} over plain HTTP"),
        ("s3:*", objects, {}, PLAIN, f"does more than read and write in {bucket.name}"),
        ("s3:*", bucket.called, {}, (*LISTS, "s3:GetBucketLocation"), f"manages {bucket.name}"),
        ("s3:PutObject", objects, other_key, (), f"puts an object under another key into {bucket.name}"),
    ]
    ours = next((one.called for one in stack.endpoints if one.service.endswith(".s3")), None)
    if ours:
        outside = {"aws:SourceVpce": OtherThan(ours).or_missing(), "aws:ViaAWSService": NO_SERVICE}
        rows.append(("s3:*", both, outside, (), f"reaches {bucket.name} past the endpoint"))
    return rows


def _of_tenants(bucket: Guarded, purpose: str, owner: str) -> list[Row]:
    """Return what a bucket refuses who does not administer data."""
    objects = f"{bucket.called}/*"
    if purpose in (RAW, SHARED):
        return [("s3:*", objects, {}, READS, f"changes {bucket.name}")]
    if purpose == STAGING:
        return [("s3:*", objects, {}, (), "releases data")]
    prefix = {"s3:prefix": OtherThan(f"users/{owner}/*").or_missing()}
    return [
        ("s3:*", Like(objects).but(own_objects(bucket, owner)), {}, (), "reaches another's results"),
        (LISTS, bucket.called, prefix, (), "lists another's results"),
    ]


def _of_administrators(stack: StackPolicies, bucket: Guarded, purpose: str) -> list[Row]:
    """Return what a bucket refuses who administers data."""
    if purpose != RESULTS:
        other = {CIPHER: Like("?*"), KEY_OF_UPLOAD: OtherThan(key_of(stack, bucket)).or_missing()}
        more: Row = ("s3:*", f"{bucket.called}/*", {}, PLAIN, f"does more than read and write in {bucket.name}")
        return [
            more,
            ("s3:PutObject", f"{bucket.called}/*", other, (), f"puts an object under another key in {bucket.name}"),
        ]
    return [("s3:*", f"{bucket.called}/*", {}, READS, "changes results as an administrator of data")]


CLAIM = Claim(
    id="buckets-hold-by-themselves",
    sentence="Each bucket keeps its promises by its own policy, whatever identities of the account are granted.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("who asks holds every right that an identity policy can give",),
    partner="buckets-let-their-own-in",
)
