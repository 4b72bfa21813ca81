"""The policies of the keys. They name no tenant's role, so they never grow and no cycle of creation arises.

A key's policy must allow what is to be possible. It speaks of the account, which leaves the rest to IAM, and narrows
that by the caller's ARN: a role that is made again under its name is still meant. Each key has one use:

- data: objects, encrypted and read by S3 for whoever S3 serves;
- volumes: disks and file systems, for which SageMaker, EFS and FSx take grants;
- logs: records, which CloudWatch Logs, CloudTrail and Config encrypt by themselves;
- partners: staged objects, so that a partner's right ends with what is staged for partners;
- tenant, where each has its own: `own_keys`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.data_grants import via_s3, via_s3_or_sagemaker
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.partners import decrypt_staged
from components.documents.scope import DATA_ADMINISTRATOR
from components.documents.trust import own_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.partners import Readers
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

# The services that take grants on the key of volumes: disks of SageMaker, Studio's home on EFS, shared files on FSx.
VOLUME_SERVICES = ("sagemaker", "elasticfilesystem", "fsx")


def data_key_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the data key: administered by the deployer, used by tenants through S3 and SageMaker."""
    ingestion = [ingest_with_key(scope)] if scope.ingestion else []
    return document(administer_key(scope), use_key(scope), ingestion)


def volumes_key_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the key of volumes: nobody uses it, services take grants on it."""
    return document(administer_key(scope), describe_volume_key(scope), grant_for_volumes(scope))


def logs_key_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the key of records: the services that write them use it, and nobody else."""
    readers = [read_records(scope)] if scope.auditors else []
    return document(
        administer_key(scope),
        encrypt_logs(scope),
        encrypt_trails(scope),
        look_at_key_for_trails(scope),
        encrypt_changes(scope),
        readers,
    )


def partners_key_policy(scope: Scope, readers: Readers = ()) -> PolicyDocument:
    """Return the policy of the key of staged objects: data administrators use it, readers decrypt with it."""
    return document(administer_key(scope), release_with_key(scope), decrypt_staged(scope, readers))


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
        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.managers()),
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
            when("ArnLike", "aws:PrincipalArn", *scope.tenant_principals_arns()),
            via_s3_or_sagemaker(scope),
        ),
    )


def ingest_with_key(scope: Scope) -> Statement:
    """Allow ingestion roles to encrypt what they add, by S3; the parts of an upload are decrypted to be joined."""
    return Statement(
        sid="IngestWithKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=actions("kms", "GenerateDataKey", "Decrypt"),
        resources=ANYTHING,
        conditions=all_of(when("ArnEquals", "aws:PrincipalArn", *scope.ingestion), via_s3(scope)),
    )


def release_with_key(scope: Scope) -> Statement:
    """Allow data administrators to encrypt and read what they stage for partners, by S3."""
    return Statement(
        sid="ReleaseWithKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=USE,
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:PrincipalArn", *scope.tenant_principals_arns()),
            when("StringEquals", DATA_ADMINISTRATOR, "true"),
            via_s3(scope),
        ),
    )


def describe_volume_key(scope: Scope) -> Statement:
    """Allow looking at the key, which a service does for its caller before it asks for a grant."""
    return Statement(
        sid="DescribeVolumeKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:DescribeKey",),
        resources=ANYTHING,
        conditions=when("ArnLike", "aws:PrincipalArn", *scope.tenant_principals_arns()),
    )


def grant_for_volumes(scope: Scope) -> Statement:
    """Allow grants that AWS asks for: for volumes of tenants' jobs, and of what the deployer makes.

    That each of the services asks in the caller's name, and so sets kms:ViaService, is open [LIVE].
    """
    services = (f"{service}.{scope.naming.region}.amazonaws.com" for service in VOLUME_SERVICES)
    return Statement(
        sid="GrantForVolumes",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:CreateGrant",),
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:PrincipalArn", *scope.tenant_principals_arns(), *scope.deployer),
            when("StringEquals", "kms:ViaService", *services),
            when("Bool", "kms:GrantIsForAWSResource", "true"),
        ),
    )


def encrypt_logs(scope: Scope) -> Statement:
    """Allow CloudWatch Logs of this Region to encrypt the account's log groups, flow logs among them.

    Source: CloudWatch Logs User Guide, encrypting log data with KMS; the context names the group, and so the account.
    """
    return Statement(
        sid="EncryptLogs",
        effect=Effect.ALLOW,
        principals={"Service": (f"logs.{scope.naming.region}.amazonaws.com",)},
        actions=actions("kms", "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey"),
        resources=ANYTHING,
        conditions=when("ArnLike", "kms:EncryptionContext:aws:logs:arn", scope.naming.arn("logs", "log-group:*")),
    )


def encrypt_trails(scope: Scope) -> Statement:
    """Allow CloudTrail to encrypt the files of the platform's own trails, and no stranger's with our key.

    Source: CloudTrail User Guide, configuring KMS key policies for CloudTrail.
    """
    return Statement(
        sid="EncryptTrails",
        effect=Effect.ALLOW,
        principals={"Service": ("cloudtrail.amazonaws.com",)},
        actions=("kms:GenerateDataKey",),
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:SourceArn", scope.trails_arn()),
            when("ArnLike", "kms:EncryptionContext:aws:cloudtrail:arn", scope.trails_arn()),
        ),
    )


def look_at_key_for_trails(scope: Scope) -> Statement:
    """Allow CloudTrail to look at the key, which carries no encryption context."""
    return Statement(
        sid="LookAtKeyForTrails",
        effect=Effect.ALLOW,
        principals={"Service": ("cloudtrail.amazonaws.com",)},
        actions=("kms:DescribeKey",),
        resources=ANYTHING,
        conditions=when("ArnLike", "aws:SourceArn", scope.trails_arn()),
    )


def encrypt_changes(scope: Scope) -> Statement:
    """Allow Config to encrypt what it delivers for this account; it decrypts to check that it can write.

    Source: AWS Config Developer Guide, permissions for the KMS key of the delivery channel.
    """
    return Statement(
        sid="EncryptChanges",
        effect=Effect.ALLOW,
        principals={"Service": ("config.amazonaws.com",)},
        actions=actions("kms", "Decrypt", "GenerateDataKey"),
        resources=ANYTHING,
        conditions=own_account(scope),
    )


def read_records(scope: Scope) -> Statement:
    """Allow the listed readers of records to decrypt them, by S3."""
    return Statement(
        sid="ReadRecords",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:Decrypt",),
        resources=ANYTHING,
        conditions=all_of(when("ArnEquals", "aws:PrincipalArn", *scope.auditors), via_s3(scope)),
    )
