"""The role as which an AWS service writes a record into its log group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import platform_tags

if TYPE_CHECKING:
    from components.base import Plan, PlatformComponent
    from components.naming import Naming

ONE_HOUR = 3600  # seconds


def create_log_writer(
    owner: PlatformComponent, stem: str, plan: Plan, naming: Naming, record: str, description: str
) -> aws.iam.Role:
    """Return the role ``<stem>-role`` of a component for its record, with the trust that the component planned."""
    role_name = naming.platform_role_name(record)
    return aws.iam.Role(
        f"{stem}-role",
        name=role_name,
        path="/platform/",
        description=description,
        assume_role_policy=plan.rendered(aws.iam.Role, f"{stem}-role", "assumeRolePolicy"),
        max_session_duration=ONE_HOUR,
        force_detach_policies=True,
        tags=platform_tags(role_name),
        opts=owner.child_options(),
    )


def create_writing_policy(
    owner: PlatformComponent, stem: str, plan: Plan, role: aws.iam.Role, group: aws.cloudwatch.LogGroup
) -> aws.iam.RolePolicy:
    """Return the role's one policy, ``<stem>-role-policy``; the group that it names comes first."""
    return aws.iam.RolePolicy(
        f"{stem}-role-policy",
        role=role.name,
        policy=plan.rendered(aws.iam.RolePolicy, f"{stem}-role-policy", "policy"),
        opts=owner.child_options(depends_on=[group]),
    )
