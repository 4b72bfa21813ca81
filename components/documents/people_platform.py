"""Grants of those who run the platform or look at it: administrators, delegated administrators, auditors.

None of them reaches tenants' data: that is the emergency role's, and taking it on raises an alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.people_scope import FRESH_MFA, Group
from components.documents.people_sign_in import with_mfa

if TYPE_CHECKING:
    from components.documents.model import Conditions
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

# The tenants' groups that a delegated administrator fills; approvers are named by administrators' hands alone.
DELEGATED_GROUPS = (Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS)

# Roles that a delegated administrator makes lie apart from the tenants': buckets and key do not know this path.
DELEGATED_PATH = "delegated"


def administration(scope: Scope) -> PolicyDocument:
    """Return an administrator's everyday grants: looking at everything but data, cleaning up, locking out."""
    return document(
        look_at_account(),
        look_at_identities(scope),
        look_at_workloads(scope),
        clean_up(scope),
        remove_log_groups(scope),
        watch_keys(scope),
        lock_out(scope),
        take_out_of_groups(scope),
        operate_bastion(scope),
        assume_break_glass(scope),
    )


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


def delegation(scope: Scope) -> PolicyDocument:
    """Return a delegated administrator's grants: people of tenants and roles apart, both under a boundary."""
    return document(
        create_people(scope),
        tag_new_people(scope),
        first_password(scope),
        remove_people(scope),
        fill_tenant_groups(scope),
        create_bounded_roles(scope),
        attach_shared_policies(scope),
        remove_bounded_roles(scope),
        look_at_identities(scope),
        look_at_lists(),
    )


def given_to_a_tenant() -> Conditions:
    """Return the condition that a new identity gets a tenant as its owner."""
    return all_of(
        when("StringLike", "aws:RequestTag/user", "?*"), when("StringNotEquals", "aws:RequestTag/user", "platform")
    )


def create_people(scope: Scope) -> Statement:
    """Allow users of this stack with the people's boundary and a tenant's tags."""
    return Statement(
        sid="CreatePeople",
        effect=Effect.ALLOW,
        actions=("iam:CreateUser",),
        resources=(scope.people_arn(),),
        conditions=all_of(
            when("StringEquals", "iam:PermissionsBoundary", scope.naming.people_policy_arn("boundary")),
            when("StringLike", "aws:RequestTag/security-group", "sg-*"),
            given_to_a_tenant(),
        ),
    )


def tag_new_people(scope: Scope) -> Statement:
    """Allow the tagging part of a creation: the user is not there yet, so it has no owner [LIVE]."""
    return Statement(
        sid="TagNewPeople",
        effect=Effect.ALLOW,
        actions=("iam:TagUser",),
        resources=(scope.people_arn(),),
        conditions=all_of(when("Null", "aws:ResourceTag/user", "true"), given_to_a_tenant()),
    )


def of_a_tenant() -> Conditions:
    """Return the condition that an identity belongs to a tenant: it has an owner, and not the platform."""
    return all_of(
        when("StringLike", "aws:ResourceTag/user", "?*"), when("StringNotEquals", "aws:ResourceTag/user", "platform")
    )


def first_password(scope: Scope) -> Statement:
    """Allow a first password for a tenant's person. A second one would be a way into somebody's account."""
    return Statement(
        sid="FirstPassword",
        effect=Effect.ALLOW,
        actions=("iam:CreateLoginProfile",),
        resources=(scope.people_arn(),),
        conditions=of_a_tenant(),
    )


def remove_people(scope: Scope) -> Statement:
    """Allow removing tenants' people."""
    return Statement(
        sid="RemovePeople",
        effect=Effect.ALLOW,
        actions=actions("iam", "DeleteUser", "DeleteLoginProfile"),
        resources=(scope.people_arn(),),
        conditions=of_a_tenant(),
    )


def fill_tenant_groups(scope: Scope) -> Statement:
    """Allow filling the groups that work for tenants. The call is judged on the group alone, not on the user."""
    groups = (scope.naming.iam_arn(f"group/{scope.naming.group_name(group)}") for group in DELEGATED_GROUPS)
    return Statement(
        sid="FillTenantGroups",
        effect=Effect.ALLOW,
        actions=actions("iam", "AddUserToGroup", "RemoveUserFromGroup"),
        resources=tuple(groups),
    )


def delegated_roles_arn(scope: Scope) -> str:
    """Return the ARN pattern of roles that delegated administrators make."""
    return scope.naming.iam_arn(f"role/{DELEGATED_PATH}/*")


def tenant_boundary(scope: Scope) -> Conditions:
    """Return the condition that the tenants' boundary is on the role."""
    return when("StringEquals", "iam:PermissionsBoundary", scope.naming.tenant_policy_arn("boundary"))


def create_bounded_roles(scope: Scope) -> Statement:
    """Allow roles under the boundary and the path. Whom such a role trusts no condition can say."""
    return Statement(
        sid="CreateBoundedRoles",
        effect=Effect.ALLOW,
        actions=("iam:CreateRole",),
        resources=(delegated_roles_arn(scope),),
        conditions=tenant_boundary(scope),
    )


def attach_shared_policies(scope: Scope) -> Statement:
    """Allow attaching the tenants' shared policies to such roles, and detaching them, under the boundary."""
    return Statement(
        sid="AttachSharedPolicies",
        effect=Effect.ALLOW,
        actions=actions("iam", "AttachRolePolicy", "DetachRolePolicy"),
        resources=(delegated_roles_arn(scope),),
        conditions=all_of(
            tenant_boundary(scope), when("ArnLike", "iam:PolicyARN", scope.naming.tenant_policy_arn("*"))
        ),
    )


def remove_bounded_roles(scope: Scope) -> Statement:
    """Allow removing such roles."""
    return Statement(
        sid="RemoveBoundedRoles",
        effect=Effect.ALLOW,
        actions=("iam:DeleteRole",),
        resources=(delegated_roles_arn(scope),),
    )


def look_at_lists() -> Statement:
    """Allow the lists of identities, which have no resource type."""
    return Statement(
        sid="LookAtLists",
        effect=Effect.ALLOW,
        actions=actions("iam", "ListUsers", "ListGroups", "ListRoles", "ListPolicies"),
        resources=ANYTHING,
    )


def audit(scope: Scope) -> PolicyDocument:
    """Return an auditor's grants: identities, trail, analyzer and Config, to read; no data (S3-A16)."""
    return document(look_at_identities(scope), read_records_by_arn(scope), read_records())


def read_records_by_arn(scope: Scope) -> Statement:
    """Allow reading trails, findings and the state of Config, all of this account."""
    return Statement(
        sid="ReadRecordsByArn",
        effect=Effect.ALLOW,
        actions=(
            *actions("cloudtrail", "GetTrail", "GetTrailStatus", "GetEventSelectors", "GetInsightSelectors"),
            *actions("access-analyzer", "Get*", "List*"),
            *actions("config", "GetComplianceDetailsByConfigRule", "DescribeConfigurationRecorder*"),
        ),
        resources=tuple(scope.naming.arn(service, "*") for service in ("cloudtrail", "access-analyzer", "config")),
    )


def read_records() -> Statement:
    """Allow what of it has no resource type."""
    return Statement(
        sid="ReadRecords",
        effect=Effect.ALLOW,
        actions=(
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
            ),
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
        ),
        resources=ANYTHING,
    )
