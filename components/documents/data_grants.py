"""Grants on data: the own prefix of the results, raw data to read, the data key, own logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import Effect, PolicyDocument, Statement, actions, document, when
from components.documents.scope import DATA, OWN_USER, RAW, RESULTS, VOLUMES

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

# What a program needs of its own objects: no ACLs, no versions, no retention.
USE_OBJECTS = actions(
    "s3", "GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"
)

USE_KEY = actions("kms", "Decrypt", "GenerateDataKey", "DescribeKey")


def data_grants(scope: Scope) -> PolicyDocument:
    """Return the grants on data, held by every tenant principal."""
    return document(
        list_own_prefix(scope),
        bucket_location(scope),
        use_own_prefix(scope),
        list_raw(scope),
        read_raw(scope),
        use_key(scope),
        describe_volume_key(scope),
        grant_for_volumes(scope),
        own_streams(scope),
        stream_names(scope),
    )


def via_s3_or_sagemaker(scope: Scope) -> Conditions:
    """Return the condition that the key is used by S3 or SageMaker of this Region for the caller."""
    region = scope.naming.region
    return when("StringEquals", "kms:ViaService", f"s3.{region}.amazonaws.com", f"sagemaker.{region}.amazonaws.com")


def list_own_prefix(scope: Scope) -> Statement:
    """Allow listing below the own prefix; without the slash ``alice`` would list ``alice2``."""
    return Statement(
        sid="ListOwnPrefix",
        effect=Effect.ALLOW,
        actions=("s3:ListBucket",),
        resources=(scope.naming.bucket_arn(RESULTS),),
        conditions=when("StringLike", "s3:prefix", f"users/{OWN_USER}/*"),
    )


def bucket_location(scope: Scope) -> Statement:
    """Allow asking for the buckets' Region, which SDKs do before anything else."""
    return Statement(
        sid="BucketLocation",
        effect=Effect.ALLOW,
        actions=("s3:GetBucketLocation",),
        resources=(scope.naming.bucket_arn(RESULTS), scope.naming.bucket_arn(RAW)),
    )


def use_own_prefix(scope: Scope) -> Statement:
    """Allow own objects to be read, written and deleted."""
    return Statement(
        sid="UseOwnPrefix",
        effect=Effect.ALLOW,
        actions=USE_OBJECTS,
        resources=(scope.own_objects_arn(),),
    )


def list_raw(scope: Scope) -> Statement:
    """Allow listing raw data: every tenant may read all of it."""
    return Statement(
        sid="ListRaw",
        effect=Effect.ALLOW,
        actions=("s3:ListBucket",),
        resources=(scope.naming.bucket_arn(RAW),),
    )


def read_raw(scope: Scope) -> Statement:
    """Allow reading raw data."""
    return Statement(
        sid="ReadRaw",
        effect=Effect.ALLOW,
        actions=("s3:GetObject",),
        resources=(scope.objects_arn(RAW),),
    )


def use_key(scope: Scope) -> Statement:
    """Allow the data key where S3 or SageMaker uses it for the caller; nobody calls KMS directly."""
    return Statement(
        sid="UseKey",
        effect=Effect.ALLOW,
        actions=USE_KEY,
        resources=(scope.key_arn(DATA),),
        conditions=via_s3_or_sagemaker(scope),
    )


def describe_volume_key(scope: Scope) -> Statement:
    """Allow looking at the key of volumes, which SageMaker does for the caller before it asks for a grant."""
    return Statement(
        sid="DescribeVolumeKey",
        effect=Effect.ALLOW,
        actions=("kms:DescribeKey",),
        resources=(scope.key_arn(VOLUMES),),
    )


def grant_for_volumes(scope: Scope) -> Statement:
    """Allow the grants by which AWS encrypts volumes, and no grant to anybody else."""
    return Statement(
        sid="GrantForVolumes",
        effect=Effect.ALLOW,
        actions=("kms:CreateGrant",),
        resources=(scope.key_arn(VOLUMES),),
        conditions=when("Bool", "kms:GrantIsForAWSResource", "true"),
    )


def own_streams(scope: Scope) -> Statement:
    """Allow own logs: streams and groups carry no owner's tag, so the name before ``--`` is the only handle."""
    return Statement(
        sid="OwnStreams",
        effect=Effect.ALLOW,
        actions=("logs:GetLogEvents",),
        resources=scope.own_streams_arns(),
    )


def stream_names(scope: Scope) -> Statement:
    """Allow the list of streams, which the SDK asks for; names of others show, their content does not."""
    return Statement(
        sid="StreamNames",
        effect=Effect.ALLOW,
        actions=("logs:DescribeLogStreams",),
        resources=(scope.log_groups_arn(),),
    )
