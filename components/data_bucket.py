"""A bucket of the platform: raw data, results, shared data, what is staged for partners, records, access logs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.bucket_upkeep import Upkeep, lifecycle_rules
from components.documents.audit import audit_policy
from components.documents.buckets import access_logs_policy, raw_policy, results_policy, shared_policy, staging_policy
from components.documents.scope import ACCESS_LOGS, AUDIT, RAW, RESULTS, SHARED, STAGING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.documents.model import PolicyDocument
    from components.documents.partners import Readers
    from components.documents.scope import Scope

POLICIES = {
    RAW: raw_policy,
    RESULTS: results_policy,
    SHARED: shared_policy,
    STAGING: staging_policy,
    AUDIT: audit_policy,
    ACCESS_LOGS: access_logs_policy,
}


@dataclass(frozen=True, kw_only=True)
class DataBucketArgs:
    """What a bucket is for.

    `purpose` chooses name and policy. `key_arn` is None for access logs, which S3 delivers only to a bucket that it
    encrypts with its own key (Amazon S3 User Guide, server access logging) [LIVE]. `references` binds the S3 endpoint
    and the key that the policy names. `protect` refuses deletion by a later run. `logged` holds, by purpose, the
    buckets whose requests the bucket of access logs records; no other bucket has any. `readers` are the partners and
    services that read what is staged; only the staging bucket has any. `named` are the other resources that the policy
    names, so that they exist first: the emergency role.
    """

    scope: Scope
    purpose: str
    key_arn: pulumi.Input[str] | None
    references: Mapping[str, BoundReference]
    protect: bool
    upkeep: Upkeep
    logged: Mapping[str, DataBucket] = field(default_factory=dict)
    readers: Readers = ()
    named: Sequence[pulumi.Resource] = ()

    def __post_init__(self) -> None:
        if self.purpose not in POLICIES:
            raise ValueError(
                f"purpose: {self.purpose!r} given, {', '.join(POLICIES)} are allowed, a purpose decides who reads and "
                "writes; write one of them or add a policy for the new purpose"
            )
        if self.readers and self.purpose != STAGING:
            raise ValueError(
                f"readers: {len(self.readers)} given for {self.purpose}, only {STAGING} may have readers from outside, "
                "so that what leaves is laid out on purpose; give them to the staging bucket"
            )
        of_logs = self.purpose == ACCESS_LOGS
        if of_logs != (self.key_arn is None) or of_logs != bool(self.logged):
            raise ValueError(
                f"purpose: {self.purpose} given with {'no' if self.key_arn is None else 'a'} key and "
                f"{len(self.logged)} logged buckets, a key and none are allowed, for {ACCESS_LOGS} no key and the "
                "buckets that it logs, because S3 delivers logs only to a bucket that it encrypts itself; give it so"
            )


class DataBucket(PlatformComponent):
    """A private bucket that answers through the S3 endpoint only.

    Creates: the bucket, its public access block, ownership controls, encryption, versioning, policy and lifecycle,
    where wanted an object lock, and for the bucket of access logs the logging of the others.
    Guarantee: nothing public, objects belong to the account, data encrypted with the platform's key, old versions kept
    for days and then removed, TLS and the platform's endpoint required; the deployer manages the
    bucket and reads no object.
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
        versioning = self._create_versioning()
        policy = self._create_policy()
        self._create_lifecycle(versioning)
        if args.upkeep.lock_days:
            self._create_object_lock(versioning)
        for purpose in args.logged:
            self._create_logging(purpose, policy)
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
                    document=self._document(),
                )
            ],
            self._args.references,
        )

    def _document(self) -> PolicyDocument:
        if self._args.purpose == STAGING:
            return staging_policy(self._args.scope, self._args.readers)
        return POLICIES[self._args.purpose](self._args.scope)

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
                        sse_algorithm="aws:kms" if self._args.key_arn is not None else "AES256",
                        kms_master_key_id=self._args.key_arn,
                    ),
                    bucket_key_enabled=True if self._args.key_arn is not None else None,
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
            # The policy of the bucket of access logs names the buckets that it logs.
            opts=self.child_options(depends_on=[*self._args.logged.values(), *self._args.named]),
        )

    def _create_lifecycle(self, versioning: aws.s3.BucketVersioning) -> aws.s3.BucketLifecycleConfiguration:
        return aws.s3.BucketLifecycleConfiguration(
            f"{self._stem}-lifecycle",
            bucket=self._bucket.id,
            rules=lifecycle_rules(self._args.upkeep),
            # S3 takes days of old versions only where versions are kept.
            opts=self.child_options(depends_on=[versioning]),
        )

    def _create_logging(self, purpose: str, policy: aws.s3.BucketPolicy) -> aws.s3.BucketLogging:
        return aws.s3.BucketLogging(
            f"{self._stem}-of-{purpose}",
            bucket=self._args.logged[purpose].bucket_name,
            target_bucket=self._bucket.id,
            target_prefix=f"{purpose}/",
            # Without the policy S3 may not deliver.
            opts=self.child_options(depends_on=[policy]),
        )

    def _create_object_lock(self, versioning: aws.s3.BucketVersioning) -> aws.s3.BucketObjectLockConfiguration:
        return aws.s3.BucketObjectLockConfiguration(
            f"{self._stem}-lock",
            bucket=self._bucket.id,
            object_lock_enabled="Enabled",
            rule=aws.s3.BucketObjectLockConfigurationRuleArgs(
                default_retention=aws.s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(
                    mode=self._args.upkeep.lock_mode.upper(), days=self._args.upkeep.lock_days
                )
            ),
            # An existing bucket takes a lock only once it keeps versions.
            opts=self.child_options(depends_on=[versioning]),
        )
