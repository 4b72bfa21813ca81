"""Grants of those who run the platform or look at it: administrators, delegated administrators, auditors.

None of them reaches tenants' data: that is the emergency role's, and taking it on raises an alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document, when
from components.documents.people_scope import FRESH_MFA
from components.documents.people_sign_in import with_mfa

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Kinds of things that tenants leave behind, and what removes them in the order in which they must go (S2-J13).
CLEAN_UP = actions(
    "sagemaker",
    "StopNotebookInstance",
    "StopTrainingJob",
    "StopHyperParameterTuningJob",
    "StopProcessingJob",
    "StopTransformJob",
    "DeleteEndpoint",
    "DeleteEndpointConfig",
    "DeleteModel",
    "DeleteModelPackage",
    "DeleteModelPackageGroup",
    "DeleteNotebookInstance",
    "DeleteTrainingJob",
    "DeleteHyperParameterTuningJob",
    "DeleteProcessingJob",
)

LISTS = actions(
    "sagemaker",
    "ListNotebookInstances",
    "ListTrainingJobs",
    "ListHyperParameterTuningJobs",
    "ListProcessingJobs",
    "ListTransformJobs",
    "ListModels",
    "ListModelPackageGroups",
    "ListEndpointConfigs",
    "ListEndpoints",
)


def administration(scope: Scope) -> PolicyDocument:
    """Return an administrator's everyday grants: looking at everything but data, cleaning up, locking out."""
    return document(
        look_at_account(),
        look_at_identities(scope),
        look_at_workloads(scope),
        clean_up(scope),
        remove_log_groups(scope),
        operate_bastion(scope),
        # Federated people have no key, no password and no group here: their provider lets them in or not.
        () if scope.federation else care_for_users(scope),
    )


def care_for_users(scope: Scope) -> tuple[Statement, ...]:
    """Return an administrator's grants on people who are IAM users, and the emergency role's, which users take on."""
    return watch_keys(scope), lock_out(scope), take_out_of_groups(scope), assume_break_glass(scope)


def look_at_account() -> Statement:
    """Allow the views that have no resource type: network, identities by list, logs and metrics by name."""
    return Statement(
        sid="LookAtAccount",
        effect=Effect.ALLOW,
        actions=(
            *actions(
                "ec2",
                "DescribeVpcs",
                "DescribeSubnets",
                "DescribeRouteTables",
                "DescribeSecurityGroups",
                "DescribeSecurityGroupRules",
                "DescribeNetworkAcls",
                "DescribeNetworkInterfaces",
                "DescribeVpcEndpoints",
                "DescribeInstances",
                "DescribeInstanceStatus",
                "DescribeFlowLogs",
            ),
            *actions("iam", "ListUsers", "ListGroups", "ListRoles", "ListPolicies", "GetAccountSummary"),
            *LISTS,
            "logs:DescribeLogGroups",
            *actions("cloudwatch", "GetMetricData", "ListMetrics"),
            "cloudtrail:LookupEvents",
            "kms:ListAliases",
            "s3:ListAllMyBuckets",
        ),
        resources=ANYTHING,
    )


def look_at_identities(scope: Scope) -> Statement:
    """Allow reading users, groups, roles and policies of the account."""
    return Statement(
        sid="LookAtIdentities",
        effect=Effect.ALLOW,
        actions=actions("iam", "Get*", "List*"),
        resources=(scope.naming.iam_arn("*"),),
    )


def look_at_workloads(scope: Scope) -> Statement:
    """Allow seeing what tenants run, without what it reads or says."""
    return Statement(
        sid="LookAtWorkloads",
        effect=Effect.ALLOW,
        actions=(
            *actions(
                "sagemaker",
                "DescribeNotebookInstance",
                "DescribeTrainingJob",
                "DescribeHyperParameterTuningJob",
                "DescribeProcessingJob",
                "DescribeTransformJob",
                "DescribeModel",
                "DescribeModelPackage",
                "DescribeModelPackageGroup",
                "DescribeEndpointConfig",
                "DescribeEndpoint",
                "ListTags",
            ),
        ),
        resources=(scope.naming.sagemaker_arn("*"),),
    )


def clean_up(scope: Scope) -> Statement:
    """Allow stopping and removing what tenants left, whosever it is."""
    return Statement(
        sid="CleanUp", effect=Effect.ALLOW, actions=CLEAN_UP, resources=(scope.naming.sagemaker_arn("*/*"),)
    )


def remove_log_groups(scope: Scope) -> Statement:
    """Allow removing SageMaker's log groups, unread."""
    return Statement(
        sid="RemoveLogGroups",
        effect=Effect.ALLOW,
        actions=("logs:DeleteLogGroup",),
        resources=(scope.log_groups_arn(),),
    )


def watch_keys(scope: Scope) -> Statement:
    """Allow the key warden's work on the stack's people: looking at keys, switching them off, removing them."""
    return Statement(
        sid="WatchKeys",
        effect=Effect.ALLOW,
        actions=actions("iam", "ListAccessKeys", "GetAccessKeyLastUsed", "UpdateAccessKey", "DeleteAccessKey"),
        resources=(scope.people_arn(),),
    )


def lock_out(scope: Scope) -> Statement:
    """Allow taking a person's password away. Giving one, or taking a device off, would be to become that person."""
    return Statement(
        sid="LockOut", effect=Effect.ALLOW, actions=("iam:DeleteLoginProfile",), resources=(scope.people_arn(),)
    )


def take_out_of_groups(scope: Scope) -> Statement:
    """Allow taking people out of groups: whoever is in none may do nothing."""
    return Statement(
        sid="TakeOutOfGroups",
        effect=Effect.ALLOW,
        actions=("iam:RemoveUserFromGroup",),
        resources=(scope.naming.iam_arn(f"group/{scope.naming.group_name('*')}"),),
    )


def operate_bastion(scope: Scope) -> Statement:
    """Allow starting and stopping the platform's own instances."""
    return Statement(
        sid="OperateBastion",
        effect=Effect.ALLOW,
        actions=actions("ec2", "StartInstances", "StopInstances", "RebootInstances"),
        resources=(scope.naming.arn("ec2", "instance/*"),),
        conditions=when("StringEquals", "aws:ResourceTag/user", "platform"),
    )


def assume_break_glass(scope: Scope) -> Statement:
    """Allow taking on the emergency role; its trust asks for a fresh second factor as well."""
    return Statement(
        sid="AssumeBreakGlass",
        effect=Effect.ALLOW,
        actions=("sts:AssumeRole",),
        resources=(scope.break_glass_arn(),),
        conditions=with_mfa(FRESH_MFA),
    )


def audit(scope: Scope) -> PolicyDocument:
    """Return an auditor's grants: identities, trail, analyzer, Config, settings of logs, to read; no data (S3-A16)."""
    return document(look_at_identities(scope), read_records_by_arn(scope), read_records())


def read_records_by_arn(scope: Scope) -> Statement:
    """Allow reading trails, findings and the state of Config, all of this account."""
    return Statement(
        sid="ReadRecordsByArn",
        effect=Effect.ALLOW,
        actions=(
            *actions("cloudtrail", "GetTrail", "GetTrailStatus", "GetEventSelectors", "GetInsightSelectors"),
            *actions("access-analyzer", "Get*", "List*"),
            *actions(
                "config",
                "GetComplianceDetailsByConfigRule",
                "DescribeConfigurationRecorder*",
                "DescribeConformancePackCompliance",
                "GetConformancePackComplianceDetails",
            ),
        ),
        resources=tuple(scope.naming.arn(service, "*") for service in ("cloudtrail", "access-analyzer", "config")),
    )


# What has no resource type in it: no ARN can bound it.
RECORDS = (
    *actions("cloudtrail", "LookupEvents", "DescribeTrails", "ListTrails"),
    "access-analyzer:ListAnalyzers",
    *actions(
        "config",
        "DescribeConfigRules",
        "DescribeConfigRuleEvaluationStatus",
        "DescribeComplianceByConfigRule",
        "GetComplianceSummaryByConfigRule",
        "GetDiscoveredResourceCounts",
        "ListDiscoveredResources",
        "GetResourceConfigHistory",
        "DescribeDeliveryChannels",
        "DescribeDeliveryChannelStatus",
        "DescribeConformancePacks",
        "DescribeConformancePackStatus",
    ),
    # How logs are kept and encrypted, not what they say.
    "logs:DescribeLogGroups",
    *actions(
        "iam",
        "GetAccountAuthorizationDetails",
        "GetAccountPasswordPolicy",
        "GetAccountSummary",
        "GenerateCredentialReport",
        "GetCredentialReport",
        "GetServiceLastAccessedDetails",
        "ListUsers",
        "ListGroups",
        "ListRoles",
        "ListPolicies",
        "ListVirtualMFADevices",
        "ListSAMLProviders",
        "ListOpenIDConnectProviders",
    ),
)


def read_records() -> Statement:
    """Allow what of it has no resource type."""
    return Statement(sid="ReadRecords", effect=Effect.ALLOW, actions=RECORDS, resources=ANYTHING)
