"""The policy of the data key. It names no tenant, so it never grows and no cycle of creation arises.

A key's policy must allow what is to be possible. It speaks of the account, which leaves the rest to IAM, and narrows
that by the caller's ARN: a role that is made again under its name is still meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.data_grants import via_s3_or_sagemaker
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.scope import Scope

# Everything the deployer needs to make, read, change and remove the key, and nothing that uses it: no Encrypt,
# Decrypt, ReEncrypt, GenerateDataKey, CreateGrant.
ADMINISTER = actions(
    "kms",
    "DescribeKey",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "ListGrants",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListResourceTags",
    "PutKeyPolicy",
    "EnableKey",
    "DisableKey",
    "EnableKeyRotation",
    "DisableKeyRotation",
    "RotateKeyOnDemand",
    "UpdateKeyDescription",
    "CreateAlias",
    "UpdateAlias",
    "DeleteAlias",
    "TagResource",
    "UntagResource",
    "RevokeGrant",
    "ScheduleKeyDeletion",
    "CancelKeyDeletion",
)

USE = actions("kms", "Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "DescribeKey")


def data_key_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the data key: administered by the deployer, used by tenants through S3 and SageMaker."""
    return document(administer_key(scope), use_key(scope), grant_for_volumes(scope))


def account(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """Return the account as principal: it delegates to IAM within the statement's condition."""
    return {"AWS": (scope.naming.iam_arn("root"),)}


def administer_key(scope: Scope) -> Statement:
    """Allow the deployer to manage the key; KMS refuses a policy by which its maker would lock itself out [LIVE]."""
    return Statement(
        sid="AdministerKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=ADMINISTER,
        resources=ANYTHING,
        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.deployer),
    )


def use_key(scope: Scope) -> Statement:
    """Allow tenants to use the key through S3 and SageMaker of this Region, never directly."""
    return Statement(
        sid="UseKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=USE,
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:PrincipalArn", scope.tenant_roles_arn()),
            via_s3_or_sagemaker(scope),
        ),
    )


def grant_for_volumes(scope: Scope) -> Statement:
    """Allow grants that AWS asks for: for volumes of tenants' jobs, and of notebooks that the deployer makes."""
    return Statement(
        sid="GrantForVolumes",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:CreateGrant",),
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:PrincipalArn", scope.tenant_roles_arn(), *scope.deployer),
            when("Bool", "kms:GrantIsForAWSResource", "true"),
        ),
    )
