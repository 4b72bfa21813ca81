"""Grants on data: the own prefix of the results, raw data to read, the data key, own logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.scope import (
    DATA,
    DATA_ADMINISTRATOR,
    OWN_USER,
    PARTNERS,
    RAW,
    RESULTS,
    SHARED,
    STAGING,
)

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

# What a program needs of its own objects: old versions to read but not to delete, no ACLs, no retention.
USE_OBJECTS = actions(
    "s3",
    "GetObject",
    "GetObjectVersion",
    "PutObject",
    "DeleteObject",
    "AbortMultipartUpload",
    "ListMultipartUploadParts",
)
LIST = actions("s3", "ListBucket", "ListBucketVersions")
READ = actions("s3", "GetObject", "GetObjectVersion")

# What a data administrator keeps in order.
CURATED = (RAW, SHARED, STAGING)

USE_KEY = actions("kms", "Decrypt", "GenerateDataKey", "DescribeKey")


def data_grants(scope: Scope) -> PolicyDocument:
    """Return the grants on data, held by every tenant principal."""
    return document(
        list_own_prefix(scope),
        bucket_location(scope),
        use_own_prefix(scope),
        list_raw(scope),
        read_raw(scope),
        list_data(scope),
        curate_data(scope),
        # With keys of their own, results are the tenants' alone: nobody else could decrypt them.
        [] if scope.own_keys else [read_results(scope)],
        use_key(scope),
        release_with_key(scope),
        describe_volume_key(scope),
        grant_for_volumes(scope),
        own_streams(scope),
        stream_names(scope),
    )


def via_s3_or_sagemaker(scope: Scope) -> Conditions:
    """Return the condition that the key is used by S3 or SageMaker of this Region for the caller."""
    region = scope.naming.region
    return when("StringEquals", "kms:ViaService", f"s3.{region}.amazonaws.com", f"sagemaker.{region}.amazonaws.com")


def via_s3(scope: Scope) -> Conditions:
    """Return the condition that S3 of this Region uses the key for the caller."""
    return when("StringEquals", "kms:ViaService", f"s3.{scope.naming.region}.amazonaws.com")


def list_own_prefix(scope: Scope) -> Statement:
    """Allow listing below the own prefix; without the slash ``alice`` would list ``alice2``."""
    return Statement(
        sid="ListOwnPrefix",
        effect=Effect.ALLOW,
        actions=LIST,
        resources=(scope.naming.bucket_arn(RESULTS),),
        conditions=when("StringLike", "s3:prefix", f"users/{OWN_USER}/*"),
    )


def bucket_location(scope: Scope) -> Statement:
    """Allow asking for the buckets' Region, which SDKs do before anything else."""
    return Statement(
        sid="BucketLocation",
        effect=Effect.ALLOW,
        actions=("s3:GetBucketLocation",),
        resources=scope.bucket_arns(RAW, RESULTS, SHARED, STAGING),
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
    """Allow listing raw and shared data: every tenant may read all of it."""
    return Statement(
        sid="ListRaw",
        effect=Effect.ALLOW,
        actions=("s3:ListBucket",),
        resources=scope.bucket_arns(RAW, SHARED),
    )


def read_raw(scope: Scope) -> Statement:
    """Allow reading raw and shared data."""
    return Statement(
        sid="ReadRaw",
        effect=Effect.ALLOW,
        actions=("s3:GetObject",),
        resources=(scope.objects_arn(RAW), scope.objects_arn(SHARED)),
    )


def as_data_administrator() -> Conditions:
    """Return the condition that the caller curates data; only the platform sets the tag."""
    return when("StringEquals", DATA_ADMINISTRATOR, "true")


def list_data(scope: Scope) -> Statement:
    """Allow a data administrator to list every bucket with data, old versions among it."""
    return Statement(
        sid="ListData",
        effect=Effect.ALLOW,
        actions=LIST,
        resources=scope.bucket_arns(*CURATED, RESULTS),
        conditions=as_data_administrator(),
    )


def curate_data(scope: Scope) -> Statement:
    """Allow a data administrator to load, correct and remove raw, shared and staging data."""
    return Statement(
        sid="AdministerRawData",
        effect=Effect.ALLOW,
        actions=USE_OBJECTS,
        resources=tuple(scope.objects_arn(purpose) for purpose in CURATED),
        conditions=as_data_administrator(),
    )


def read_results(scope: Scope) -> Statement:
    """Allow a data administrator to look at results."""
    return Statement(
        sid="ReadResults",
        effect=Effect.ALLOW,
        actions=READ,
        resources=(scope.objects_arn(RESULTS),),
        conditions=as_data_administrator(),
    )


def use_key(scope: Scope) -> Statement:
    """Allow data key and own key where S3 or SageMaker uses them for the caller; nobody calls KMS directly."""
    return Statement(
        sid="UseKey",
        effect=Effect.ALLOW,
        actions=USE_KEY,
        resources=tuple(dict.fromkeys((scope.key_arn(DATA), scope.results_key_arn()))),
        conditions=via_s3_or_sagemaker(scope),
    )


def release_with_key(scope: Scope) -> Statement:
    """Allow a data administrator the key of staged objects, where S3 uses it."""
    return Statement(
        sid="ReleaseWithKey",
        effect=Effect.ALLOW,
        actions=actions("kms", "Decrypt", "GenerateDataKey"),
        resources=(scope.key_arn(PARTNERS),),
        conditions=all_of(via_s3(scope), as_data_administrator()),
    )


def describe_volume_key(scope: Scope) -> Statement:
    """Allow looking at the key of volumes, which SageMaker does for the caller before it asks for a grant."""
    return Statement(
        sid="DescribeVolumeKey",
        effect=Effect.ALLOW,
        actions=("kms:DescribeKey",),
        resources=(scope.volumes_key_arn(),),
    )


def grant_for_volumes(scope: Scope) -> Statement:
    """Allow the grants by which AWS encrypts volumes, and no grant to anybody else."""
    return Statement(
        sid="GrantForVolumes",
        effect=Effect.ALLOW,
        actions=("kms:CreateGrant",),
        resources=(scope.volumes_key_arn(),),
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
