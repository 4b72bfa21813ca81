"""A platform that its deployer cannot change or remove is lost (promise P8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import administrators_of
from claim import Claim, Kind, Question

from iamproof import Missing, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OF_BUCKETS = (
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "s3:ListBucket",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketTagging",
    "s3:DeleteBucket",
)
OF_KEYS = (
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:PutKeyPolicy",
    "kms:EnableKeyRotation",
    "kms:TagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:EnableKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:RotateKeyOnDemand",
    "kms:UpdateKeyDescription",
    "kms:CreateAlias",
    "kms:UpdateAlias",
    "kms:DeleteAlias",
    "kms:UntagResource",
    "kms:RevokeGrant",
)
OUTSIDE = {"aws:SourceVpce": Missing, "aws:SourceVpc": Missing}


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask whether the deployer can, from outside the network, read, change and delete each bucket and key."""
    for deployer in administrators_of(stack):
        for guarded, actions in ((stack.buckets, OF_BUCKETS), (stack.keys, OF_KEYS)):
            for one in guarded:
                for action in actions:
                    query = Query(action, one.called, OUTSIDE, sentence=f"{action} on {one.name}")
                    yield Question(identity=deployer, query=query)


CLAIM = Claim(
    id="deployer-manages-everything",
    sentence="Who deploys the platform can read, change and delete every bucket and key from outside the network.",
    kind=Kind.LIVENESS,
    ask=ask,
    assumptions=("the deployer holds every right that an identity policy can give",),
)
