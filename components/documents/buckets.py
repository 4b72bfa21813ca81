"""Policies of the data buckets: denies only, so that no grant anywhere reaches past them.

Promise P8: the deployer manages the bucket itself from outside the network, and reaches no object of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import (
    EVERYBODY,
    Effect,
    PolicyDocument,
    Statement,
    actions,
    all_of,
    document,
    when,
)
from components.documents.scope import OWN_USER, RAW, RESULTS

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


def results_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the results bucket: each tenant reaches and lists its own prefix, and nobody else's."""
    return document(
        tls_only(scope, RESULTS),
        only_via_s3_endpoint(scope, RESULTS),
        bucket_only_via_s3_endpoint_or_deployer(scope, RESULTS),
        only_listed_principals(scope, RESULTS),
        own_prefix_only(scope),
        own_prefix_needs_tag(scope),
        list_own_prefix_only(scope),
        only_deployer_manages(scope, RESULTS),
        deployer_reads_no_object(scope, RESULTS),
    )


def raw_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the raw bucket: tenants read it, and nobody writes it yet."""
    return document(
        tls_only(scope, RAW),
        only_via_s3_endpoint(scope, RAW),
        bucket_only_via_s3_endpoint_or_deployer(scope, RAW),
        only_listed_principals(scope, RAW),
        raw_data_is_read_only(scope),
        only_deployer_manages(scope, RAW),
        deployer_reads_no_object(scope, RAW),
    )


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


def only_via_s3_endpoint(scope: Scope, purpose: str) -> Statement:
    """Deny objects to whoever does not come through the S3 endpoint, the deployer not excepted.

    Job roles are: SageMaker moves their data from its own network. Holds for callers without an ARN.
    """
    return Statement(
        sid="OnlyViaS3Endpoint",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(purpose),),
        conditions=all_of(outside_s3_endpoint(scope), when("ArnNotLike", "aws:PrincipalArn", scope.job_roles_arn())),
    )


def bucket_only_via_s3_endpoint_or_deployer(scope: Scope, purpose: str) -> Statement:
    """Deny the bucket itself likewise, except to the deployer, who runs outside the network (promise P8)."""
    return Statement(
        sid="BucketOnlyViaS3EndpointOrDeployer",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.naming.bucket_arn(purpose),),
        conditions=all_of(
            outside_s3_endpoint(scope),
            when("ArnNotLike", "aws:PrincipalArn", scope.job_roles_arn(), *scope.deployer),
        ),
    )


def only_listed_principals(scope: Scope, purpose: str) -> Statement:
    """Deny everybody but tenants and the deployer, whatever somebody attached to a third role by hand."""
    return Statement(
        sid="OnlyListedPrincipals",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.naming.bucket_arn(purpose), scope.objects_arn(purpose)),
        conditions=when("ArnNotLike", "aws:PrincipalArn", *scope.tenant_principals_arns(), *scope.deployer),
    )


def own_prefix_only(scope: Scope) -> Statement:
    """Deny every object outside the caller's prefix.

    That a bucket policy's NotResource reads variables as an identity policy's does is open [LIVE]; the boundary names
    the own prefix as well, without a NotResource.
    """
    return Statement(
        sid="OwnPrefixOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        not_resources=(scope.naming.bucket_arn(RESULTS), scope.own_objects_arn()),
    )


def own_prefix_needs_tag(scope: Scope) -> Statement:
    """Deny objects to whoever has no owner tag, in whatever way an unresolved variable is read."""
    return Statement(
        sid="OwnPrefixNeedsTag",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(RESULTS),),
        conditions=when("Null", "aws:PrincipalTag/user", "true"),
    )


def list_own_prefix_only(scope: Scope) -> Statement:
    """Deny listings of anything but the own prefix; holds where no prefix is given. The deployer may see names."""
    return Statement(
        sid="ListOwnPrefixOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=LISTINGS,
        resources=(scope.naming.bucket_arn(RESULTS),),
        conditions=all_of(
            scope.unless_deployer(),
            when("StringNotLike", "s3:prefix", f"users/{OWN_USER}/*"),
        ),
    )


def raw_data_is_read_only(scope: Scope) -> Statement:
    """Deny everything but reading raw objects, to everybody: nobody administers raw data yet."""
    return Statement(
        sid="RawDataIsReadOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=READS_OBJECT,
        resources=(scope.objects_arn(RAW),),
    )


def only_deployer_manages(scope: Scope, purpose: str) -> Statement:
    """Deny everything but looking at the bucket itself: policy, versioning, encryption are the deployer's."""
    return Statement(
        sid="OnlyDeployerManages",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=LOOKS_AT_BUCKET,
        resources=(scope.naming.bucket_arn(purpose),),
        conditions=scope.unless_deployer(),
    )


def deployer_reads_no_object(scope: Scope, purpose: str) -> Statement:
    """Deny objects to the deployer, also through the S3 endpoint: it manages the bucket, not what lies in it."""
    return Statement(
        sid="DeployerReadsNoObject",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(purpose),),
        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.deployer),
    )
