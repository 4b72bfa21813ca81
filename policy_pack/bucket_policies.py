"""What the Denies of a bucket policy cover: the bucket itself and its objects, one without the other being half.

Source: Amazon S3 User Guide, "Policies and permissions in Amazon S3", resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import arn, partition
from reach import every_action_of, names_bucket, names_every_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents import Document, Statement
    from resources import Resource


def denies_everything(statement: Statement) -> bool:
    """Return whether a statement denies every action of S3 to everybody, where its conditions hold."""
    return statement.denies and statement.everybody and every_action_of("s3", statement)


def uncovered(policy: Resource, document: Document, denies: Sequence[Statement]) -> Iterator[str]:
    """Yield what the given Denies leave open: a bucket itself, or its objects."""
    for whole, what in ((True, "the bucket itself"), (False, "the objects of the bucket")):
        for bucket in bare(policy, document, denies, (), whole=whole):
            yield f"{what} {bucket}"


def bare(
    policy: Resource, document: Document, denies: Sequence[Statement], exempt: Sequence[str], *, whole: bool
) -> Iterator[str]:
    """Yield the names of the buckets that no Deny covers, as a whole or object by object."""
    patterns = [pattern for statement in denies for pattern in statement.resources]
    covers = names_bucket if whole else names_every_object
    for bucket in buckets(policy, document):
        if bucket not in exempt and not covers(patterns, f"arn:{partition()}:s3:::{bucket}"):
            yield bucket


def buckets(policy: Resource, document: Document) -> tuple[str, ...]:
    """Return the buckets that a policy speaks of.

    Where neither the property nor the document names one, it is any bucket: only a star covers that.
    """
    named = policy.read("bucket")
    names = {named.value.rsplit(":", 1)[-1]} if isinstance(named.value, str) and named.value else set()
    for statement in document.statements:
        for pattern in (*statement.resources, *statement.not_resources):
            found = arn(pattern)
            name = found.resource.split("/", 1)[0] if found is not None and found.service == "s3" else ""
            if name and not set(name) & set("*?$"):
                names.add(name)
    return tuple(sorted(names)) or ("any-bucket",)
