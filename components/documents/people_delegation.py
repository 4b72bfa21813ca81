"""Grants of delegated administrators: people of tenants, and roles apart from the tenants', both under a boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.people_platform import look_at_identities
from components.documents.people_scope import Group

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

# The tenants' groups that a delegated administrator fills; approvers are named by administrators' hands alone.
DELEGATED_GROUPS = (Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS)


def delegation(scope: Scope) -> PolicyDocument:
    """Return a delegated administrator's grants: people of tenants and roles apart, both under a boundary."""
    users = () if scope.federation else delegated_users(scope)
    return document(
        users,
        create_bounded_roles(scope),
        attach_shared_policies(scope),
        remove_bounded_roles(scope),
        look_at_identities(scope),
        look_at_lists(),
    )


def delegated_users(scope: Scope) -> tuple[Statement, ...]:
    """Return the grants on tenants' people who are IAM users."""
    return (
        create_people(scope),
        tag_new_people(scope),
        first_password(scope),
        remove_people(scope),
        fill_tenant_groups(scope),
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


def tenant_boundary(scope: Scope) -> Conditions:
    """Return the condition that the tenants' boundary is on the role."""
    return when("StringEquals", "iam:PermissionsBoundary", scope.naming.tenant_policy_arn("boundary"))


def create_bounded_roles(scope: Scope) -> Statement:
    """Allow roles under the boundary and the path. Whom such a role trusts no condition can say."""
    return Statement(
        sid="CreateBoundedRoles",
        effect=Effect.ALLOW,
        actions=("iam:CreateRole",),
        resources=(scope.delegated_roles_arn(),),
        conditions=tenant_boundary(scope),
    )


def attach_shared_policies(scope: Scope) -> Statement:
    """Allow attaching the tenants' shared policies to such roles, and detaching them, under the boundary.

    The ceilings are no such policy: attached, each would grant all that it is meant to limit, and no guardrail is bound
    to be there.
    """
    ceilings = (scope.naming.tenant_policy_arn(purpose) for purpose in ("boundary", "deployment"))
    return Statement(
        sid="AttachSharedPolicies",
        effect=Effect.ALLOW,
        actions=actions("iam", "AttachRolePolicy", "DetachRolePolicy"),
        resources=(scope.delegated_roles_arn(),),
        conditions=all_of(
            tenant_boundary(scope),
            when("ArnLike", "iam:PolicyARN", scope.naming.tenant_policy_arn("*")),
            when("ArnNotEquals", "iam:PolicyARN", *ceilings),
        ),
    )


def remove_bounded_roles(scope: Scope) -> Statement:
    """Allow removing such roles."""
    return Statement(
        sid="RemoveBoundedRoles",
        effect=Effect.ALLOW,
        actions=("iam:DeleteRole",),
        resources=(scope.delegated_roles_arn(),),
    )


def look_at_lists() -> Statement:
    """Allow the lists of identities, which have no resource type."""
    return Statement(
        sid="LookAtLists",
        effect=Effect.ALLOW,
        actions=actions("iam", "ListUsers", "ListGroups", "ListRoles", "ListPolicies"),
        resources=ANYTHING,
    )
