"""Whom the bastion works as: a role that serves Session Manager and can do nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.bastion import bastion_boundary, bastion_grants, bastion_trust
from components.roles import ONE_HOUR, attach_only, hold_inline_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from components.base import BoundReference
    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class BastionRoleArgs:
    """Where the role works; `references` binds the VPC, `legacy_agent` adds the messages of an old SSM Agent."""

    scope: Scope
    references: Mapping[str, BoundReference]
    legacy_agent: bool = False

    def __post_init__(self) -> None:
        if "vpc" not in self.references:
            given = ", ".join(self.references) or "none"
            raise ValueError(
                f"references: {given} given, a mapping with vpc is allowed, the role is worth nothing outside its VPC; "
                "give the references of the closed network"
            )


class BastionRole(PlatformComponent):
    """The role of the bastion and the profile that hands it to the instance.

    Creates: the boundary, the role under ``/platform/`` with one inline policy, the exclusive list of inline policies,
    the exclusive absence of attachments, and the instance profile.
    Guarantee: the role keeps the channel to Session Manager open and can do nothing else, reads no parameter, works
    from the own VPC only; whatever somebody attaches by hand gives nothing and is removed by the next update.
    It opens no session: who may do that is said by the policies of people.
    """

    def __init__(self, name: str, args: BastionRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:network:BastionRole", name, self._plan.inputs(), opts)
        self._boundary = self._create_boundary()
        self._role = self._create_role()
        self._grants = self._create_grants()
        hold_inline_only(self, name, self._role, [self._grants])
        attach_only(self, name, self._role, [])
        self._profile = self._create_profile()
        self.publish()

    @property
    def profile_name(self) -> pulumi.Output[str]:
        """Return the name of the instance profile."""
        return self._profile.name

    @property
    def role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role."""
        return self._role.arn

    def _plan_documents(self) -> Plan:
        scope, legacy_agent = self._args.scope, self._args.legacy_agent
        planned = (
            (aws.iam.Policy, "boundary", "policy", bastion_boundary(scope, legacy_agent=legacy_agent)),
            (aws.iam.Role, "role", "assumeRolePolicy", bastion_trust(scope)),
            (aws.iam.RolePolicy, "grants", "policy", bastion_grants(scope, legacy_agent=legacy_agent)),
        )
        return Plan(
            [
                PlannedDocument(kind=kind, logical_name=f"{self._stem}-{child}", property_path=path, document=document)
                for kind, child, path, document in planned
            ],
            self._args.references,
        )

    def _create_boundary(self) -> aws.iam.Policy:
        logical_name = f"{self._stem}-boundary"
        policy_name = self._args.scope.naming.bastion_boundary_name()
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description="The most that the bastion of the closed SageMaker platform may do",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=platform_tags(policy_name),
            opts=self.child_options(),
        )

    def _create_role(self) -> aws.iam.Role:
        logical_name = f"{self._stem}-role"
        naming = self._args.scope.naming
        return aws.iam.Role(
            logical_name,
            name=naming.bastion_name(),
            path=naming.platform_path(),
            description="Keeps the channel between the bastion and Session Manager open",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=naming.iam_arn(f"policy/{naming.bastion_boundary_name()}"),
            max_session_duration=ONE_HOUR,
            force_detach_policies=True,
            tags=platform_tags(naming.bastion_name()),
            opts=self.child_options(depends_on=[self._boundary]),
        )

    def _create_grants(self) -> aws.iam.RolePolicy:
        logical_name = f"{self._stem}-grants"
        return aws.iam.RolePolicy(
            logical_name,
            name=self._args.scope.naming.bastion_name(),
            role=self._role.name,
            policy=self._plan.rendered(aws.iam.RolePolicy, logical_name, "policy"),
            opts=self.child_options(),
        )

    def _create_profile(self) -> aws.iam.InstanceProfile:
        naming = self._args.scope.naming
        return aws.iam.InstanceProfile(
            f"{self._stem}-profile",
            name=naming.bastion_name(),
            path=naming.platform_path(),
            role=self._role.name,
            tags=platform_tags(naming.bastion_name()),
            opts=self.child_options(depends_on=[self._grants]),
        )
