"""The permissions boundary of every tenant role: whatever is attached later, nothing beyond this is possible.

A ceiling gives nothing by itself. It names the own prefix and the own log streams, so that tenants stay apart even
where the bucket's policy and every guardrail were lost. A data administrator's ceiling hangs on a tag that only the
platform sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.data_grants import CURATED, LIST, READ, USE_KEY, USE_OBJECTS, as_data_administrator
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.scope import DATA, PARTNERS, RAW, RESULTS, SAGEMAKER, SHARED, STAGING

if TYPE_CHECKING:
    from components.documents.scope import Scope


def boundary(scope: Scope) -> PolicyDocument:
    """Return the boundary: own objects, raw data to read, the data key, SageMaker, and what SageMaker needs."""
    return document(
        ceiling_of_own_objects(scope),
        ceiling_of_raw_data(scope),
        ceiling_of_data_administrators(scope),
        [] if scope.own_keys else [ceiling_of_looking_at_results(scope)],
        ceiling_of_buckets(scope),
        ceiling_of_key(scope),
        ceiling_of_sagemaker(scope),
        ceiling_of_logs(scope),
        ceiling_of_own_streams(scope),
        ceiling_of_network_interfaces(scope),
        ceiling_of_passed_roles(scope),
        ceiling_without_resource_types(),
        delegated_roles_are_nobodys(scope),
    )


def delegated_roles_are_nobodys(scope: Scope) -> Statement:
    """Deny a role that a delegated administrator made everything, once it works for somebody.

    Nobody tags such a role, so an owner that it shows was given to the session by whoever took it on. Whom it trusts no
    condition can say: with the shared grants that one would be the tenant of its choice.
    """
    return Statement(
        sid="DelegatedRolesAreNobodys",
        effect=Effect.DENY,
        actions=ANYTHING,
        resources=ANYTHING,
        conditions=all_of(
            when("ArnLike", "aws:PrincipalArn", scope.delegated_roles_arn()),
            when("StringLike", "aws:PrincipalTag/user", "*"),
        ),
    )


def ceiling_of_own_objects(scope: Scope) -> Statement:
    """Bound object actions on results to the own prefix."""
    return Statement(
        sid="CeilingOfOwnObjects", effect=Effect.ALLOW, actions=USE_OBJECTS, resources=(scope.own_objects_arn(),)
    )


def ceiling_of_raw_data(scope: Scope) -> Statement:
    """Bound object actions on raw and shared data to reading."""
    return Statement(
        sid="CeilingOfRawData",
        effect=Effect.ALLOW,
        actions=("s3:GetObject",),
        resources=(scope.objects_arn(RAW), scope.objects_arn(SHARED)),
    )


def ceiling_of_data_administrators(scope: Scope) -> Statement:
    """Bound a data administrator to plain use of raw, shared and staged objects."""
    return Statement(
        sid="CeilingOfDataAdministrators",
        effect=Effect.ALLOW,
        actions=USE_OBJECTS,
        resources=tuple(scope.objects_arn(purpose) for purpose in CURATED),
        conditions=as_data_administrator(),
    )


def ceiling_of_looking_at_results(scope: Scope) -> Statement:
    """Bound a data administrator to reading results."""
    return Statement(
        sid="CeilingOfLookingAtResults",
        effect=Effect.ALLOW,
        actions=READ,
        resources=(scope.objects_arn(RESULTS),),
        conditions=as_data_administrator(),
    )


def ceiling_of_buckets(scope: Scope) -> Statement:
    """Bound bucket actions to looking into the platform's own."""
    return Statement(
        sid="CeilingOfBuckets",
        effect=Effect.ALLOW,
        actions=(*LIST, "s3:GetBucketLocation"),
        resources=scope.bucket_arns(RAW, RESULTS, SHARED, STAGING),
    )


def ceiling_of_key(scope: Scope) -> Statement:
    """Bound KMS to the keys of data, of volumes and of staged objects; where tenants have keys, to the own one."""
    return Statement(
        sid="CeilingOfKey",
        effect=Effect.ALLOW,
        actions=(*USE_KEY, "kms:CreateGrant"),
        resources=(scope.key_arn(DATA), scope.volumes_key_arn(), scope.key_arn(PARTNERS)),
    )


def ceiling_of_sagemaker(scope: Scope) -> Statement:
    """Bound SageMaker to this account and Region; which of its actions, the guardrails say."""
    return Statement(
        sid="CeilingOfSageMaker",
        effect=Effect.ALLOW,
        actions=("sagemaker:*",),
        resources=(scope.naming.sagemaker_arn("*"),),
    )


def ceiling_of_logs(scope: Scope) -> Statement:
    """Bound the delivery of logs, and the names of streams, to SageMaker's groups."""
    return Statement(
        sid="CeilingOfLogs",
        effect=Effect.ALLOW,
        actions=actions("logs", "CreateLogGroup", "CreateLogStream", "PutLogEvents", "DescribeLogStreams"),
        resources=(scope.log_groups_arn(),),
    )


def ceiling_of_own_streams(scope: Scope) -> Statement:
    """Bound reading of logs to the own ones: no guardrail knows the streams, which all tenants' jobs share."""
    return Statement(
        sid="CeilingOfOwnStreams",
        effect=Effect.ALLOW,
        actions=("logs:GetLogEvents",),
        resources=scope.own_streams_arns(),
    )


def ceiling_of_network_interfaces(scope: Scope) -> Statement:
    """Bound changes of the network to interfaces."""
    return Statement(
        sid="CeilingOfNetworkInterfaces",
        effect=Effect.ALLOW,
        actions=actions(
            "ec2",
            "CreateNetworkInterface",
            "CreateNetworkInterfacePermission",
            "DeleteNetworkInterface",
            "DeleteNetworkInterfacePermission",
        ),
        resources=(scope.naming.arn("ec2", "*"),),
    )


def ceiling_of_passed_roles(scope: Scope) -> Statement:
    """Bound passing of roles to the own ones, and to SageMaker."""
    return Statement(
        sid="CeilingOfPassedRoles",
        effect=Effect.ALLOW,
        actions=("iam:PassRole",),
        resources=(scope.own_roles_arn(),),
        conditions=when("StringEquals", "iam:PassedToService", SAGEMAKER),
    )


def ceiling_without_resource_types() -> Statement:
    """Bound the actions that have no resource type: lists, searches, metrics, network reads, the own identity."""
    return Statement(
        sid="CeilingWithoutResourceTypes",
        effect=Effect.ALLOW,
        actions=(
            "sagemaker:List*",
            "sagemaker:Search",
            "cloudwatch:PutMetricData",
            "ec2:Describe*",
            "sts:GetCallerIdentity",
        ),
        resources=ANYTHING,
    )
