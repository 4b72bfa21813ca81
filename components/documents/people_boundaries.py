"""The ceilings of people: a tenant's person stays with its tenant, a platform's person away from all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents import boundary as tenants
from components.documents import people_delegation as delegation
from components.documents import people_platform as platform
from components.documents.deployment import ceiling_of_deployment
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document
from components.documents.people_denies import SIGN_IN
from components.documents.people_sign_in import BASTION_SESSION

if TYPE_CHECKING:
    from components.documents.scope import Scope


def people_boundary(scope: Scope) -> PolicyDocument:
    """Return the ceiling of a tenant's people: that of its workloads, own credentials, the bastion, metrics to read,
    and where models are deployed by a role, that role.
    """
    return document(
        tenants.ceiling_of_own_objects(scope),
        tenants.ceiling_of_raw_data(scope),
        tenants.ceiling_of_buckets(scope),
        tenants.ceiling_of_key(scope),
        tenants.ceiling_of_sagemaker(scope),
        tenants.ceiling_of_logs(scope),
        tenants.ceiling_of_own_streams(scope),
        tenants.ceiling_of_network_interfaces(scope),
        tenants.ceiling_of_passed_roles(scope),
        tenants.ceiling_without_resource_types(),
        () if scope.federation else ceiling_of_sign_in(),
        ceiling_of_bastion(),
        ceiling_of_metrics(),
        ceiling_of_deployment(scope),
    )


def platform_boundary(scope: Scope) -> PolicyDocument:
    """Return the ceiling of platform people: looking, cleaning up, tenants' people; no data, no network, no policy."""
    return document(
        ceiling_of_bastion(),
        ceiling_of_looking(),
        ceiling_of_clean_up(scope),
        ceiling_of_delegated_roles(scope),
        platform.operate_bastion(scope),
        () if scope.federation else ceiling_of_users(scope),
    )


def ceiling_of_users(scope: Scope) -> tuple[Statement, ...]:
    """Return what bounds platform people who are IAM users, over other users and to the emergency role."""
    return (
        ceiling_of_sign_in(),
        ceiling_of_identities(scope),
        platform.take_out_of_groups(scope),
        delegation.fill_tenant_groups(scope),
        platform.assume_break_glass(scope),
    )


def ceiling_of_sign_in() -> Statement:
    """Bound own credentials to enrolling and keys: no Git password, no certificate, no public key."""
    return Statement(sid="CeilingOfSignIn", effect=Effect.ALLOW, actions=SIGN_IN, resources=ANYTHING)


def ceiling_of_bastion() -> Statement:
    """Bound Systems Manager to sessions; which, the grants say."""
    return Statement(sid="CeilingOfBastion", effect=Effect.ALLOW, actions=BASTION_SESSION, resources=ANYTHING)


def ceiling_of_metrics() -> Statement:
    """Bound metrics to reading."""
    return Statement(
        sid="CeilingOfMetrics",
        effect=Effect.ALLOW,
        actions=actions("cloudwatch", "GetMetricData", "ListMetrics"),
        resources=ANYTHING,
    )


def ceiling_of_looking() -> Statement:
    """Bound platform people's views to what holds no data."""
    return Statement(
        sid="CeilingOfLooking",
        effect=Effect.ALLOW,
        actions=(
            "ec2:Describe*",
            *actions("iam", "Get*", "List*", "GenerateCredentialReport"),
            *actions("sagemaker", "Describe*", "List*"),
            "logs:DescribeLogGroups",
            *actions("cloudwatch", "GetMetricData", "ListMetrics"),
            *actions("cloudtrail", "LookupEvents", "Describe*", "Get*", "ListTrails"),
            *actions("access-analyzer", "Get*", "List*"),
            *actions("config", "Get*", "List*", "Describe*"),
            "kms:ListAliases",
            "s3:ListAllMyBuckets",
        ),
        resources=ANYTHING,
    )


def ceiling_of_clean_up(scope: Scope) -> Statement:
    """Bound changes of workloads to stopping and removing."""
    return Statement(
        sid="CeilingOfCleanUp",
        effect=Effect.ALLOW,
        actions=(*platform.CLEAN_UP, "logs:DeleteLogGroup"),
        resources=(scope.naming.sagemaker_arn("*/*"), scope.log_groups_arn()),
    )


def ceiling_of_identities(scope: Scope) -> Statement:
    """Bound changes of people to those of this stack."""
    return Statement(
        sid="CeilingOfIdentities",
        effect=Effect.ALLOW,
        actions=actions(
            "iam",
            "CreateUser",
            "DeleteUser",
            "TagUser",
            "CreateLoginProfile",
            "DeleteLoginProfile",
            "UpdateAccessKey",
            "DeleteAccessKey",
        ),
        resources=(scope.people_arn(),),
    )


def ceiling_of_delegated_roles(scope: Scope) -> Statement:
    """Bound changes of roles to those apart from the tenants'."""
    return Statement(
        sid="CeilingOfDelegatedRoles",
        effect=Effect.ALLOW,
        actions=actions("iam", "CreateRole", "DeleteRole", "AttachRolePolicy", "DetachRolePolicy"),
        resources=(scope.delegated_roles_arn(),),
    )
