"""A bucket for the platform's data: raw data, or the results of tenants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.buckets import raw_policy, results_policy
from components.documents.scope import RAW, RESULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from components.documents.scope import Scope

POLICIES = {RAW: raw_policy, RESULTS: results_policy}


@dataclass(frozen=True, kw_only=True)
class DataBucketArgs:
    """What a bucket is for.

    `purpose` chooses name and policy: ``raw`` is read by tenants and written by nobody yet, ``results`` holds each
    tenant's own prefix. `references` binds the S3 endpoint and the key that the policy names. `protect` refuses
    deletion by a later run.
    """

    scope: Scope
    purpose: str
    key_arn: pulumi.Input[str]
    references: Mapping[str, BoundReference]
    protect: bool

    def __post_init__(self) -> None:
        if self.purpose not in POLICIES:
            raise ValueError(
                f"purpose: {self.purpose!r} given, {', '.join(POLICIES)} are allowed, a purpose decides who reads and "
                "writes; write one of them or add a policy for the new purpose"
            )


class DataBucket(PlatformComponent):
    """A private bucket that answers through the S3 endpoint only.

    Creates: the bucket, its public access block, ownership controls, encryption, versioning and policy.
    Guarantee: nothing public, objects belong to the account, everything encrypted with the platform's key, old
    versions kept, TLS and the platform's endpoint required; the deployer manages the bucket and reads no object.
    It has no force_destroy: a bucket that holds data refuses to go, and outside dev it is protected as well.
    """

    def __init__(self, name: str, args: DataBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:data:DataBucket", name, self._plan.inputs(), opts)
        self._bucket = self._create_bucket()
        self._create_access_block()
        self._create_ownership()
        self._create_encryption()
        self._create_versioning()
        self._create_policy()
        self.publish()

    @property
    def bucket_name(self) -> pulumi.Output[str]:
        """Return the name of the bucket."""
        return self._bucket.bucket

    @property
    def bucket_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the bucket."""
        return self._bucket.arn

    def _plan_documents(self) -> Plan:
        return Plan(
            [
                PlannedDocument(
                    kind=aws.s3.BucketPolicy,
                    logical_name=f"{self._stem}-policy",
                    property_path="policy",
                    document=POLICIES[self._args.purpose](self._args.scope),
                )
            ],
            self._args.references,
        )

    def _create_bucket(self) -> aws.s3.Bucket:
        bucket_name = self._args.scope.naming.bucket_name(self._args.purpose)
        return aws.s3.Bucket(
            f"{self._stem}-bucket",
            bucket=bucket_name,
            tags=platform_tags(bucket_name),
            opts=self.child_options(protect=self._args.protect),
        )

    def _create_access_block(self) -> aws.s3.BucketPublicAccessBlock:
        return aws.s3.BucketPublicAccessBlock(
            f"{self._stem}-access-block",
            bucket=self._bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.child_options(),
        )

    def _create_ownership(self) -> aws.s3.BucketOwnershipControls:
        return aws.s3.BucketOwnershipControls(
            f"{self._stem}-ownership",
            bucket=self._bucket.id,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self.child_options(),
        )

    def _create_encryption(self) -> aws.s3.BucketServerSideEncryptionConfiguration:
        return aws.s3.BucketServerSideEncryptionConfiguration(
            f"{self._stem}-encryption",
            bucket=self._bucket.id,
            rules=[
                aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                        sse_algorithm="aws:kms",
                        kms_master_key_id=self._args.key_arn,
                    ),
                    bucket_key_enabled=True,
                )
            ],
            opts=self.child_options(),
        )

    def _create_versioning(self) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            f"{self._stem}-versioning",
            bucket=self._bucket.id,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self.child_options(),
        )

    def _create_policy(self) -> aws.s3.BucketPolicy:
        logical_name = f"{self._stem}-policy"
        return aws.s3.BucketPolicy(
            logical_name,
            bucket=self._bucket.id,
            policy=self._plan.rendered(aws.s3.BucketPolicy, logical_name, "policy"),
            opts=self.child_options(),
        )
