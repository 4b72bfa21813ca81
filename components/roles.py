"""Roles as the components make them: a trust that was planned, and grants that nobody adds to by hand.

Exclusive grants: whatever is attached beside the list is removed by the next update. Destroying the list detaches
nothing, so every role has ``force_detach_policies``, and who uses a role depends on its list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlannedDocument, platform_tags
from components.documents.limits import ROLE_TRUST, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.base import Plan, PlatformComponent
    from components.documents.model import PolicyDocument

ONE_HOUR = 3600  # seconds


def planned_trust(stem: str, whose: str, trust: PolicyDocument) -> PlannedDocument:
    """Return the trust of the role ``<stem>-role``; ValueError names `whose` it is where IAM takes none so long."""
    return PlannedDocument(
        kind=aws.iam.Role,
        logical_name=f"{stem}-role",
        property_path="assumeRolePolicy",
        document=fitting({whose: trust}, ROLE_TRUST, "trust of role")[whose],
    )


def attach_only(
    owner: PlatformComponent,
    stem: str,
    role: aws.iam.Role,
    policy_arns: Sequence[str],
    after: Sequence[pulumi.Resource] = (),
) -> aws.iam.RolePolicyAttachmentsExclusive:
    """Return ``<stem>-attachments``: these managed policies and no others; `after` are what makes them."""
    return aws.iam.RolePolicyAttachmentsExclusive(
        f"{stem}-attachments",
        role_name=role.name,
        policy_arns=list(policy_arns),
        opts=owner.child_options(depends_on=after),
    )


def hold_inline_only(
    owner: PlatformComponent, stem: str, role: aws.iam.Role, policies: Sequence[aws.iam.RolePolicy] = ()
) -> aws.iam.RolePoliciesExclusive:
    """Return ``<stem>-inline``: these inline policies of the role and no others."""
    return aws.iam.RolePoliciesExclusive(
        f"{stem}-inline",
        role_name=role.name,
        policy_names=[policy.name for policy in policies],
        opts=owner.child_options(),
    )


def create_service_role(
    owner: PlatformComponent, stem: str, plan: Plan, role_name: str, description: str
) -> aws.iam.Role:
    """Return the role ``<stem>-role``, with its planned trust: as it, an AWS service works for the platform."""
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


def create_service_rights(
    owner: PlatformComponent, stem: str, plan: Plan, role: aws.iam.Role, named: pulumi.Resource
) -> list[pulumi.Resource]:
    """Give a service's role its one policy, ``<stem>-role-policy``, and nothing beside it; what it names comes first.

    Returned is what has to be there before the service works as the role.
    """
    policy = aws.iam.RolePolicy(
        f"{stem}-role-policy",
        name=role.name,
        role=role.name,
        policy=plan.rendered(aws.iam.RolePolicy, f"{stem}-role-policy", "policy"),
        opts=owner.child_options(depends_on=[named]),
    )
    return [
        policy,
        hold_inline_only(owner, f"{stem}-role", role, [policy]),
        attach_only(owner, f"{stem}-role", role, []),
    ]
