"""Whoever writes a policy writes what the other claims are proved over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OWN_SIGN_IN = (
    "iam:PassRole",
    "iam:ChangePassword",
    "iam:CreateVirtualMFADevice",
    "iam:DeleteVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:ResyncMFADevice",
    "iam:DeactivateMFADevice",
    "iam:CreateAccessKey",
    "iam:UpdateAccessKey",
    "iam:DeleteAccessKey",
)
"""What a person does with the own sign-in; other claims bound it."""
READS = ("iam:Get*", "iam:List*", "iam:Simulate*", "iam:Generate*")
POLICIES_OF_RESOURCES = (
    # Whoever makes a bucket says who reads it; whoever removes one takes its policy away.
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutObjectAcl",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutAccountPublicAccessBlock",
    "s3:*AccessPoint*",
    "s3:PutReplicationConfiguration",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:DisableKey",
    "ec2:ModifyVpcEndpoint*",
    "ecr:SetRepositoryPolicy",
    "ecr:PutRegistryPolicy",
    "sagemaker:Put*Policy",
    "logs:PutResourcePolicy",
    "secretsmanager:PutResourcePolicy",
)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any change of identities and of policies on resources."""
    for _owner, identity in tenants_of(stack):
        query = Query("iam:*", but=(*OWN_SIGN_IN, *READS), sentence="changes identities or their policies")
        yield Question(identity=identity, query=query)
        query = Query(POLICIES_OF_RESOURCES, sentence="changes the policy of a bucket, key, endpoint or repository")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-tenant-changes-policies",
    sentence="No tenant changes a policy: of identities, buckets, keys, endpoints or repositories.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="deployer-manages-everything",
)
