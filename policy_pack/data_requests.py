"""What claims about data ask with: actions on a bucket and its objects, keys of uploads, and who asks from beside.

The actions are those that tenants need, in three groups that the buckets' policies tell apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asking import RESULTS, anyone_of_the_account, bucket_of, own_keys

from iamproof import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from guarded import Guarded
    from identities import Identity

LISTS = ("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads")
READS = (
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:GetObjectAttributes",
    "s3:GetObjectTagging",
    "s3:ListMultipartUploadParts",
)
PLAIN = (*READS, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
CIPHER, KEY_OF_UPLOAD = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
ADMINISTERS = {"data-administrator": "true"}
"""The tags of a notebook role that administers data."""


def outsiders(stack: StackPolicies) -> Iterator[Identity]:
    """Yield a user and a role of this account that the stack does not make, each with every right."""
    person = anyone_of_the_account(stack)
    yield person
    role = Principal.role(f"arn:{stack.partition}:iam::{stack.account}:role/somebody-else")
    yield replace(person, principal=role)


def key_of(stack: StackPolicies, bucket: Guarded, owner: str = "") -> str:
    """Return the key of a bucket's objects, by the name that the stack gives it; of results the owner's own."""
    if bucket == bucket_of(stack, RESULTS) and owner in own_keys(stack):
        return own_keys(stack)[owner]
    wanted = "partners-key" if bucket.name.startswith("staging") else "data-key"
    return next((key.called for key in stack.keys if key.name == wanted), "no-key")
