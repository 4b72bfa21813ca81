"""Policies of the buckets, by purpose: who reads, who writes, and who not even with a grant.

A data administrator is a tenant whose notebook role carries a tag that only the platform sets: it curates raw, shared
and staging data and looks at results. No document names it (promise P6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.bucket_statements import (
    INGESTS,
    LISTINGS,
    READS_OBJECT,
    bucket_only_via_s3_endpoint_or_deployer,
    deployer_reads_no_object,
    no_service,
    only_deployer_manages,
    only_listed_principals,
    only_reads_and_plain_writes,
    only_via_s3_endpoint,
    read_only,
    tls_only,
    uploads_need_own_key,
    uploads_use_our_key,
    uploads_use_own_key,
)
from components.documents.model import EVERYBODY, Effect, PolicyDocument, Statement, all_of, document, when
from components.documents.partners import partner_arns, read_staged
from components.documents.scope import (
    ACCESS_LOGS,
    DATA,
    DATA_ADMINISTRATOR,
    LOGGED,
    OWN_USER,
    PARTNERS,
    RAW,
    RESULTS,
    SHARED,
    STAGING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.documents.partners import Readers
    from components.documents.scope import Scope

LOG_DELIVERY = "logging.s3.amazonaws.com"


def raw_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the raw bucket: tenants read it, data administrators and ingestion roles write it."""
    return document(
        _of_every_bucket(scope, RAW, *scope.ingestion),
        uploads_use_our_key(scope, RAW, DATA),
        read_only(scope, RAW, "RawDataIsReadOnly", *scope.ingestion),
        [ingestion_only_adds(scope)] if scope.ingestion else [],
    )


def results_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the results bucket: each tenant reaches and lists its own prefix, and nobody else's."""
    return document(
        _of_every_bucket(scope, RESULTS),
        _uploads_of_results(scope),
        own_prefix_only(scope),
        own_prefix_needs_tag(scope),
        data_administrator_only_reads_results(scope),
        list_own_prefix_only(scope),
    )


def shared_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the shared bucket: tenants read it, data administrators write it."""
    return document(
        _of_every_bucket(scope, SHARED),
        uploads_use_our_key(scope, SHARED, DATA),
        read_only(scope, SHARED, "SharedDataIsReadOnly"),
    )


def staging_policy(scope: Scope, readers: Readers = ()) -> PolicyDocument:
    """Return the policy of the staging bucket: data administrators lay out what each reader gets, nobody else looks.

    It grows by two statements a reader; settings refuse more readers than fit.
    """
    partners = partner_arns(readers)
    services = len(partners) < len(readers)
    return document(
        tls_only(scope, STAGING),
        only_via_s3_endpoint(scope, STAGING, *partners, services=services),
        bucket_only_via_s3_endpoint_or_deployer(scope, STAGING, *partners, services=services),
        only_listed_principals(scope, STAGING, *scope.tenant_principals_arns(), *partners, services=services),
        only_reads_and_plain_writes(scope, STAGING),
        uploads_use_our_key(scope, STAGING, PARTNERS),
        only_data_administrators_release(scope, *partners, services=services),
        only_deployer_manages(scope, STAGING),
        deployer_reads_no_object(scope, STAGING),
        read_staged(scope, readers),
    )


def access_logs_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the bucket of access logs: S3 writes it, nobody changes it, the lifecycle empties it."""
    return document(
        tls_only(scope, ACCESS_LOGS),
        only_via_s3_endpoint(scope, ACCESS_LOGS, services=True),
        bucket_only_via_s3_endpoint_or_deployer(scope, ACCESS_LOGS),
        only_listed_principals(scope, ACCESS_LOGS, services=True),
        deliver_access_logs(scope),
        only_deployer_manages(scope, ACCESS_LOGS),
        deployer_reads_no_object(scope, ACCESS_LOGS),
    )


def _uploads_of_results(scope: Scope) -> Iterator[Statement]:
    if scope.own_keys:
        yield uploads_use_own_key(scope)
        yield uploads_need_own_key(scope)
    else:
        yield uploads_use_our_key(scope, RESULTS, DATA)


def _of_every_bucket(scope: Scope, purpose: str, *more: str) -> Iterator[Statement]:
    yield tls_only(scope, purpose)
    yield only_via_s3_endpoint(scope, purpose)
    yield bucket_only_via_s3_endpoint_or_deployer(scope, purpose)
    yield only_listed_principals(scope, purpose, *scope.tenant_principals_arns(), *more)
    yield only_reads_and_plain_writes(scope, purpose)
    yield only_deployer_manages(scope, purpose)
    yield deployer_reads_no_object(scope, purpose)


def ingestion_only_adds(scope: Scope) -> Statement:
    """Deny ingestion roles everything but adding raw objects: they read and remove none."""
    return Statement(
        sid="IngestionOnlyAdds",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=INGESTS,
        resources=(scope.objects_arn(RAW),),
        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.ingestion),
    )


def own_prefix_only(scope: Scope) -> Statement:
    """Deny every object outside the caller's prefix; a data administrator looks at all, as the next statement says.

    That a bucket policy's NotResource reads variables as an identity policy's does is open [LIVE]; the boundary names
    the own prefix as well, without a NotResource.
    """
    return Statement(
        sid="OwnPrefixOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        not_resources=(scope.naming.bucket_arn(RESULTS), scope.own_objects_arn()),
        conditions=when("StringNotEquals", DATA_ADMINISTRATOR, "true"),
    )


def data_administrator_only_reads_results(scope: Scope) -> Statement:
    """Deny data administrators every write of results, also of own ones: to write them is the tenants' work."""
    return Statement(
        sid="DataAdministratorOnlyReadsResults",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=READS_OBJECT,
        resources=(scope.objects_arn(RESULTS),),
        conditions=when("StringEquals", DATA_ADMINISTRATOR, "true"),
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
    """Deny listings of anything but the own prefix; holds where no prefix is given.

    The deployer may see names, and so may a data administrator.
    """
    return Statement(
        sid="ListOwnPrefixOnly",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=LISTINGS,
        resources=(scope.naming.bucket_arn(RESULTS),),
        conditions=all_of(
            scope.unless_deployer(),
            when("StringNotLike", "s3:prefix", f"users/{OWN_USER}/*"),
            when("StringNotEquals", DATA_ADMINISTRATOR, "true"),
        ),
    )


def only_data_administrators_release(scope: Scope, *partners: str, services: bool = False) -> Statement:
    """Deny staged objects to everybody but data administrators, and whom grants of the same policy let read."""
    return Statement(
        sid="OnlyDataAdministratorsRelease",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:*",),
        resources=(scope.objects_arn(STAGING),),
        conditions=all_of(
            when("StringNotEquals", DATA_ADMINISTRATOR, "true"),
            when("ArnNotEquals", "aws:PrincipalArn", *partners) if partners else {},
            no_service() if services else {},
        ),
    )


def deliver_access_logs(scope: Scope) -> Statement:
    """Allow S3 to write the access logs of the platform's buckets, and of no stranger's.

    Source: Amazon S3 User Guide, permissions for log delivery.
    """
    return Statement(
        sid="DeliverAccessLogs",
        effect=Effect.ALLOW,
        principals={"Service": (LOG_DELIVERY,)},
        actions=("s3:PutObject",),
        resources=tuple(f"{scope.naming.bucket_arn(ACCESS_LOGS)}/{purpose}/*" for purpose in LOGGED),
        conditions=all_of(
            when("StringEquals", "aws:SourceAccount", scope.naming.account_id),
            when("ArnEquals", "aws:SourceArn", *(scope.naming.bucket_arn(purpose) for purpose in LOGGED)),
        ),
    )
