"""What the policies of buckets are made of: denies, so that no grant anywhere reaches past them.

Promise P8: who manages buckets does so from outside the network, and reaches no object of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import EVERYBODY, Effect, Statement, actions, all_of, when
from components.documents.scope import DATA_ADMINISTRATOR, RESULTS

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

# What shows names below a bucket. ListBucketMultipartUploads carries no prefix, so it is nobody's but the deployer's.
LISTINGS = actions("s3", "ListBucket", "ListBucketVersions", "ListBucketMultipartUploads")

# What others than the deployer may do with a bucket itself, each judged by a further statement or harmless.
LOOKS_AT_BUCKET = ("s3:GetBucketLocation", *LISTINGS)

# The reads of objects. Written as what is allowed: a list of writes misses replication, ownership and the next verb.
READS_OBJECT = actions(
    "s3", "GetObject", "GetObjectVersion", "GetObjectAttributes", "GetObjectTagging", "ListMultipartUploadParts"
)

# The writes of objects that are anybody's: no lists of access, no versions, no retention, no legal hold.
WRITES_OBJECT = actions("s3", "PutObject", "DeleteObject", "AbortMultipartUpload")

# What an ingestion role does: it adds, and takes back only what it did not finish.
INGESTS = actions("s3", "PutObject", "AbortMultipartUpload", "ListMultipartUploadParts")

KEY_OF_UPLOAD = "s3:x-amz-server-side-encryption-aws-kms-key-id"


def tls_only(scope: Scope, purpose: str) -> Statement:
    """Deny plain HTTP, and what does not say."""
    return Statement(
        sid="TlsOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.naming.bucket_arn(purpose), scope.objects_arn(purpose)),
        conditions=when("BoolIfExists", "aws:SecureTransport", "false"),
    )


def outside_s3_endpoint(scope: Scope) -> Conditions:
    """Return the condition that a call comes neither through an S3 endpoint nor from a service for the caller.

    A service that acts by itself is not excepted: nothing here grants it anything, and `OnlyListedPrincipals` does
    not know it.
    """
    return all_of(
        when("StringNotEqualsIfExists", "aws:SourceVpce", *scope.s3_endpoint_ids()),
        # A service that forwards the caller's rights has no endpoint to come through.
        when("BoolIfExists", "aws:ViaAWSService", "false"),
    )


def only_via_s3_endpoint(scope: Scope, purpose: str, *more: str, services: bool = False) -> Statement:
    """Deny objects to whoever does not come through the S3 endpoint, the deployer not excepted.

    Job roles are: SageMaker moves their data from its own network. `more` are callers whom other statements bind,
    `services` says that AWS services are let in by grants of the same policy. Holds for callers without an ARN.
    """
    return Statement(
        sid="OnlyViaS3Endpoint",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(purpose),),
        conditions=all_of(
            outside_s3_endpoint(scope),
            when("ArnNotLike", "aws:PrincipalArn", scope.job_roles_arn(), *more),
            no_service() if services else {},
        ),
    )


def bucket_only_via_s3_endpoint_or_deployer(
    scope: Scope, purpose: str, *more: str, services: bool = False
) -> Statement:
    """Deny the bucket itself likewise, except to the deployer, who runs outside the network (promise P8)."""
    return Statement(
        sid="BucketOnlyViaS3EndpointOrDeployer",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.naming.bucket_arn(purpose),),
        conditions=all_of(
            outside_s3_endpoint(scope),
            when("ArnNotLike", "aws:PrincipalArn", scope.job_roles_arn(), *scope.managers(), *more),
            no_service() if services else {},
        ),
    )


def no_service() -> Conditions:
    """Return the condition that the caller is no AWS service acting by itself; holds where the key is missing."""
    return when("BoolIfExists", "aws:PrincipalIsAWSService", "false")


def only_listed_principals(scope: Scope, purpose: str, *principals: str, services: bool = False) -> Statement:
    """Deny everybody but the given principals and the deployer, whatever somebody attached to a third role by hand."""
    return Statement(
        sid="OnlyListedPrincipals",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.naming.bucket_arn(purpose), scope.objects_arn(purpose)),
        conditions=all_of(
            when("ArnNotLike", "aws:PrincipalArn", *principals, *scope.managers()),
            no_service() if services else {},
        ),
    )


def only_reads_and_plain_writes(scope: Scope, purpose: str) -> Statement:
    """Deny what no data needs: access lists, deletion of versions, retention, replication, and the next verb."""
    return Statement(
        sid="OnlyReadsAndPlainWrites",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=(*READS_OBJECT, *WRITES_OBJECT),
        resources=(scope.objects_arn(purpose),),
    )


def read_only(scope: Scope, purpose: str, sid: str, *writers: str) -> Statement:
    """Deny everything but reading objects, except to data administrators and the ARNs in `writers`.

    Without the tag the condition holds, so nobody writes who does not carry it.
    """
    return Statement(
        sid=sid,
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=READS_OBJECT,
        resources=(scope.objects_arn(purpose),),
        conditions=all_of(
            when("StringNotEquals", DATA_ADMINISTRATOR, "true"),
            when("ArnNotEquals", "aws:PrincipalArn", *writers) if writers else {},
        ),
    )


def uploads_use_our_key(scope: Scope, purpose: str, key: str) -> Statement:
    """Deny an upload that asks for another encryption than the bucket's; one that asks for none gets the bucket's.

    To ask for ``aws:kms`` without a key means the account's managed key, so the key must then be said. That the parts
    of a multipart upload are judged by what its start asked for is open [LIVE].
    """
    return Statement(
        sid="UploadsUseOurKey",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:PutObject",),
        resources=(scope.objects_arn(purpose),),
        conditions=all_of(
            when("StringLike", "s3:x-amz-server-side-encryption", "?*"),
            when("StringNotEquals", KEY_OF_UPLOAD, scope.key_arn(key)),
        ),
    )


def uploads_use_own_key(scope: Scope) -> Statement:
    """Deny results that are not encrypted with the caller's own key; a bucket has one default, so it must be said.

    That the parts of a multipart upload carry what its start asked for is open [LIVE].
    """
    return Statement(
        sid="UploadsUseOwnKey",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:PutObject",),
        resources=(scope.objects_arn(RESULTS),),
        conditions=when("StringNotEquals", KEY_OF_UPLOAD, scope.own_key_arn()),
    )


def uploads_need_own_key(scope: Scope) -> Statement:
    """Deny uploads to whoever carries no key of its own, in whatever way an unresolved variable is read."""
    return Statement(
        sid="UploadsNeedOwnKey",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:PutObject",),
        resources=(scope.objects_arn(RESULTS),),
        conditions=when("Null", "aws:PrincipalTag/data-key", "true"),
    )


def only_deployer_manages(scope: Scope, purpose: str, *, services: bool = False) -> Statement:
    """Deny everything but looking at the bucket itself: policy, versioning, encryption are the deployer's.

    `services` says that AWS services look at more of it, by grants of the same policy.
    """
    return Statement(
        sid="OnlyDeployerManages",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=LOOKS_AT_BUCKET,
        resources=(scope.naming.bucket_arn(purpose),),
        conditions=all_of(scope.unless_deployer(), no_service() if services else {}),
    )


def deployer_reads_no_object(scope: Scope, purpose: str) -> Statement:
    """Deny objects to the deployer, also through the S3 endpoint: it manages the bucket, not what lies in it."""
    return Statement(
        sid="DeployerReadsNoObject",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(purpose),),
        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.managers()),
    )
