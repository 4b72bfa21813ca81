"""The emergency role: what it may do, who may take it on, and that the taking is told.

It may repair identities, network, buckets and keys, and may not hide that it did. It reads no object and decrypts
nothing: whoever must, changes a bucket's or a key's policy first, which the trail records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.federation import only_for
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.people_denies import PROVIDER_CHANGES
from components.documents.people_scope import FRESH_MFA
from components.documents.people_sign_in import with_mfa
from components.documents.scope import ACCESS_LOGS, AUDIT

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Of logs what an emergency looks at, and how groups are kept. A policy of the account, a delivery or a table would send
# what tenants' work says elsewhere, whatever is denied on its groups.
OF_LOGS = actions(
    "logs",
    "Describe*",
    "CreateLogGroup",
    "DeleteLogGroup",
    "DeleteLogStream",
    "PutRetentionPolicy",
    "AssociateKmsKey",
    "FilterLogEvents",
    "GetLogEvents",
    "StartQuery",
    "GetQueryResults",
    "PutResourcePolicy",
)

# What an emergency may need: what the platform is built of, but for passing roles and for data.
REPAIR = (
    "ec2:*",
    *actions("iam", *(f"{letters}*" for letters in ("A", "C", "D", "E", "G", "L", "Put", "R", "S", "T", "U"))),
    # Buckets and keys themselves, never what they hold.
    *actions("s3", "GetBucket*", "PutBucket*", "ListAllMyBuckets", "ListBucket", "*LifecycleConfiguration"),
    *actions("kms", "DescribeKey", "GetKeyPolicy", "PutKeyPolicy", "EnableKey", "CancelKeyDeletion", "ListAliases"),
    # Workloads are looked at, stopped and removed; whoever needs new ones is a tenant.
    *actions("sagemaker", "Describe*", "List*", "Stop*", "Delete*"),
    *OF_LOGS,
    "cloudwatch:*",
    "cloudtrail:*",
    "config:*",
    "events:*",
    "sns:*",
    # Parameters may hold secrets, and what an association or an activation leaves behind outlives the emergency.
    *actions("ssm", "Describe*", "List*", "StartSession", "ResumeSession", "TerminateSession", "SendCommand"),
    *actions("ssm", "CancelCommand", "GetCommandInvocation"),
    "sts:GetCallerIdentity",
)

# How somebody reads what a tenant's work says, or has it read elsewhere.
READING_LOGS = (
    *actions("logs", "GetLogEvents", "FilterLogEvents", "StartQuery", "StartLiveTail"),
    *actions("logs", "CreateExportTask", "PutSubscriptionFilter"),
)

# What would stop or change the record of the account.
RECORDS = (
    *actions("cloudtrail", "StopLogging", "DeleteTrail", "UpdateTrail", "Put*"),
    *actions("cloudtrail", "DeleteEventDataStore", "UpdateEventDataStore", "StopEventDataStoreIngestion"),
    *actions("config", "StopConfigurationRecorder", "Delete*"),
    *actions("config", "PutConfigurationRecorder", "PutDeliveryChannel", "PutRetentionConfiguration"),
    # Another account that collects them would have them as well.
    "config:PutAggregationAuthorization",
    "ec2:DeleteFlowLogs",
)


def break_glass(scope: Scope) -> PolicyDocument:
    """Return the emergency role's document, which is its boundary as well: what is attached later adds nothing."""
    return document(
        repair(),
        records_stay(),
        record_buckets_stay(scope),
        record_logs_stay(scope),
        reads_no_work(scope),
        alarm_stays(scope),
        topic_stays(),
        stays_itself(scope),
        leaves_no_way_back(),
        new_identities_are_bounded(scope),
    )


def repair() -> Statement:
    """Allow repairing the platform. No role is passed: what would run with it outlives the emergency."""
    return Statement(sid="Repair", effect=Effect.ALLOW, actions=REPAIR, resources=ANYTHING)


def records_stay() -> Statement:
    """Deny touching the account's records."""
    return Statement(sid="RecordsStay", effect=Effect.DENY, actions=RECORDS, resources=ANYTHING)


def record_buckets_stay(scope: Scope) -> Statement:
    """Deny changing the buckets that hold records: ended after a day, a record would be gone as well."""
    return Statement(
        sid="RecordBucketsStay",
        effect=Effect.DENY,
        actions=actions("s3", "PutBucket*", "PutLifecycleConfiguration"),
        # All but the last letter of the name, whoever chose it: whoever names a bucket as a whole comes after it, and
        # this comes before, since the buckets' policies name the role.
        resources=tuple(f"{scope.naming.bucket_arn(each)[:-1]}?" for each in (AUDIT, ACCESS_LOGS)),
    )


def record_logs_stay(scope: Scope) -> Statement:
    """Deny ending the platform's own log groups, of traffic, names and calls, or what is in them."""
    return Statement(
        sid="RecordLogsStay",
        effect=Effect.DENY,
        actions=actions("logs", "DeleteLogGroup", "DeleteLogStream", "PutRetentionPolicy"),
        resources=(scope.naming.log_group_arn("*"),),
    )


def reads_no_work(scope: Scope) -> Statement:
    """Deny reading what tenants' jobs and notebooks say."""
    return Statement(sid="ReadsNoWork", effect=Effect.DENY, actions=READING_LOGS, resources=(scope.log_groups_arn(),))


def alarm_stays(scope: Scope) -> Statement:
    """Deny changing the rules that see the role being taken on and records being touched."""
    return Statement(
        sid="AlarmStays",
        effect=Effect.DENY,
        actions=actions("events", "DisableRule", "DeleteRule", "PutRule", "PutTargets", "RemoveTargets"),
        resources=tuple(scope.naming.arn("events", f"rule/{name}") for name in _alarms(scope)),
    )


def _alarms(scope: Scope) -> tuple[str, str]:
    return scope.naming.emergency_alarm_name(), scope.naming.records_alarm_name()


def topic_stays() -> Statement:
    """Deny changing the topics that tell it. `Unsubscribe` has no resource type, so it is refused altogether."""
    return Statement(
        sid="TopicStays",
        effect=Effect.DENY,
        actions=(
            *actions("sns", "DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission", "Unsubscribe"),
            # A filter, or a policy on what messages may say, silences it as well.
            *actions("sns", "SetSubscriptionAttributes", "PutDataProtectionPolicy"),
        ),
        resources=ANYTHING,
    )


def stays_itself(scope: Scope) -> Statement:
    """Deny changing the role, its trust and its document from within, and others that are called alike."""
    return Statement(
        sid="StaysItself",
        effect=Effect.DENY,
        actions=actions("iam", "*Role*", "*PolicyVersion", "DeletePolicy"),
        # By the end of the name: the document is made before the role that it bounds.
        resources=(scope.naming.iam_arn("role/*-break-glass"), scope.naming.iam_arn("policy/*-break-glass")),
    )


def leaves_no_way_back() -> Statement:
    """Deny lasting credentials and sign-in providers: the emergency ends with the session."""
    return Statement(
        sid="LeavesNoWayBack",
        effect=Effect.DENY,
        actions=(
            *actions("iam", "CreateAccessKey", "CreateServiceSpecificCredential", "ResetServiceSpecificCredential"),
            *actions("iam", "UploadSSHPublicKey", "UploadSigningCertificate"),
            # A delegation hands rights of the account to somebody's product.
            *actions("iam", "AcceptDelegationRequest", "AssociateDelegationRequest", "CreateDelegationRequest"),
            "iam:SendDelegationToken",
            *actions("iam", *PROVIDER_CHANGES, "Delete*PermissionsBoundary"),
        ),
        resources=ANYTHING,
    )


def new_identities_are_bounded(scope: Scope) -> Statement:
    """Deny users and roles without one of the platform's boundaries."""
    boundaries = scope.naming.iam_arn(f"policy/{scope.naming.prefix}-*-boundary")
    return Statement(
        sid="NewIdentitiesAreBounded",
        effect=Effect.DENY,
        actions=actions("iam", "CreateUser", "CreateRole", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary"),
        resources=ANYTHING,
        conditions=when("ArnNotLike", "iam:PermissionsBoundary", boundaries),
    )


def break_glass_trust(scope: Scope, administrators: tuple[str, ...] = ()) -> PolicyDocument:
    """Return the trust of the emergency role: platform people of this stack with a fresh second factor.

    The account is named, so the caller's own grant is needed as well: only administrators have it. A federated session
    carries no second factor, so a chain from it would lose it: federated `administrators`, by their subjects, take the
    role on by a new sign-in at the provider.
    """
    if scope.federation:
        return only_for(scope.federation, "AdministratorsByTheProvider", *administrators)
    return document(
        Statement(
            sid="AdministratorsWithFreshMfa",
            effect=Effect.ALLOW,
            principals={"AWS": (scope.naming.iam_arn("root"),)},
            actions=("sts:AssumeRole",),
            conditions=all_of(
                when("StringEquals", "aws:PrincipalTag/user", "platform"),
                when("ArnLike", "aws:PrincipalArn", scope.people_arn()),
                with_mfa(FRESH_MFA),
            ),
        )
    )
