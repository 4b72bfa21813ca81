"""Who writes the account's records, who reads them, and that nobody changes or removes one before its time.

CloudTrail and Config write into one bucket. Readers are roles of the account that the stack file lists; without any,
nobody reads the files, and what happened is looked up at CloudTrail and Config themselves. The lifecycle removes what
is old; no caller removes anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.bucket_statements import (
    READS_OBJECT,
    bucket_only_via_s3_endpoint_or_deployer,
    deployer_reads_no_object,
    no_service,
    only_deployer_manages,
    only_listed_principals,
    only_via_s3_endpoint,
    tls_only,
)
from components.documents.model import EVERYBODY, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.scope import AUDIT, TRAIL
from components.documents.trust import own_account

if TYPE_CHECKING:
    from components.documents.scope import Scope

CLOUDTRAIL, CONFIG = "cloudtrail.amazonaws.com", "config.amazonaws.com"


def audit_policy(scope: Scope) -> PolicyDocument:
    """Return the policy of the bucket of records: two services add, readers read, nobody changes or removes.

    It asks for no encryption of an upload: CloudTrail's digest files come with S3's own, whatever the trail's key
    [LIVE]; what asks for none gets the key of records.
    """
    return document(
        tls_only(scope, AUDIT),
        only_via_s3_endpoint(scope, AUDIT, services=True),
        bucket_only_via_s3_endpoint_or_deployer(scope, AUDIT, services=True),
        only_listed_principals(scope, AUDIT, *scope.auditors, services=True),
        only_deployer_manages(scope, AUDIT, services=True),
        deployer_reads_no_object(scope, AUDIT),
        records_are_only_added(scope),
        only_services_add_records(scope),
        record_calls(scope),
        record_changes(scope),
    )


def records_are_only_added(scope: Scope) -> Statement:
    """Deny everything but adding and reading records, to services too: no deletion, no other retention, no tags."""
    return Statement(
        sid="RecordsAreOnlyAdded",
        effect=Effect.DENY,
        principals=EVERYBODY,
        not_actions=(*READS_OBJECT, "s3:PutObject"),
        resources=(scope.objects_arn(AUDIT),),
    )


def only_services_add_records(scope: Scope) -> Statement:
    """Deny adding a record to everybody who is no service: what a person adds is no record."""
    return Statement(
        sid="OnlyServicesAddRecords",
        effect=Effect.DENY,
        principals=EVERYBODY,
        actions=("s3:PutObject",),
        resources=(scope.objects_arn(AUDIT),),
        conditions=no_service(),
    )


def record_calls(scope: Scope) -> Statement:
    """Allow CloudTrail to deliver the files of the platform's one trail, and of no stranger's.

    Source: CloudTrail User Guide, Amazon S3 bucket policy for CloudTrail. Its example also asks for an access list in
    the owner's favour, which a bucket whose owner owns everything does not need.
    """
    return Statement(
        sid="RecordCalls",
        effect=Effect.ALLOW,
        principals={"Service": (CLOUDTRAIL,)},
        actions=actions("s3", "GetBucketAcl", "PutObject"),
        resources=(scope.naming.bucket_arn(AUDIT), _delivered(scope)),
        conditions=all_of(
            own_account(scope), when("ArnEquals", "aws:SourceArn", scope.naming.arn("cloudtrail", trail_path(scope)))
        ),
    )


def record_changes(scope: Scope) -> Statement:
    """Allow Config to deliver what this account's resources became, below its own prefix.

    Source: AWS Config Developer Guide, permissions for the Amazon S3 bucket of the delivery channel.
    """
    return Statement(
        sid="RecordChanges",
        effect=Effect.ALLOW,
        principals={"Service": (CONFIG,)},
        actions=actions("s3", "GetBucketAcl", "ListBucket", "PutObject"),
        resources=(scope.naming.bucket_arn(AUDIT), _delivered(scope, "Config/")),
        conditions=own_account(scope),
    )


def trail_path(scope: Scope) -> str:
    """Return the last segment of the trail's ARN."""
    return f"trail/{scope.naming.trail_name()}"


def trail_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of the role by which the trail also writes into a log group.

    Source: CloudTrail User Guide, sending events to CloudWatch Logs; the conditions are its guard against a confused
    deputy.
    """
    return document(
        Statement(
            sid="TrailOfThisAccount",
            effect=Effect.ALLOW,
            principals={"Service": (CLOUDTRAIL,)},
            actions=("sts:AssumeRole",),
            conditions=all_of(
                own_account(scope),
                when("ArnEquals", "aws:SourceArn", scope.naming.arn("cloudtrail", trail_path(scope))),
            ),
        )
    )


def write_trail(scope: Scope) -> PolicyDocument:
    """Return what that role may do: write into the one log group."""
    return document(
        Statement(
            sid="WriteTrail",
            effect=Effect.ALLOW,
            actions=actions("logs", "CreateLogStream", "PutLogEvents"),
            resources=(f"{scope.naming.log_group_arn(TRAIL)}:log-stream:*",),
        )
    )


def _delivered(scope: Scope, below: str = "") -> str:
    """Return the ARN pattern of what services deliver for this account."""
    return f"{scope.naming.bucket_arn(AUDIT)}/AWSLogs/{scope.naming.account_id}/{below}*"
