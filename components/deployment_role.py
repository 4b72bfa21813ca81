"""Who deploys a tenant's models where a stage asks for approval: a role, taken on by people of the tenant by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlatformComponent, tenant_tags, token_of
from components.documents.deployment import deployment_trust
from components.documents.model import reference
from components.documents.tenant_documents import DEPLOYMENT, DEPLOYMENT_ROLE_CARRIES
from components.roles import ONE_HOUR, attach_only, hold_inline_only, planned_trust

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.documents.scope import Scope
    from components.tenant_policies import TenantPolicies


@dataclass(frozen=True, kw_only=True)
class DeploymentRoleArgs:
    """Whose models the role deploys, and who takes it on.

    `deployers` are the ARNs of users, or of federated people the subjects; `named` are the users, so that they exist
    first. `security_group` is the tenant's own, which rides on the role as a tag.
    """

    scope: Scope
    tenant: str
    deployers: tuple[str, ...]
    named: Sequence[pulumi.Resource]
    policies: TenantPolicies
    security_group: BoundReference

    def __post_init__(self) -> None:
        if not self.scope.approval:
            raise ValueError(
                f"{self.tenant}: a deployment role given without approval, one is allowed where the stage asks for "
                "approval, because elsewhere people deploy themselves; leave it out"
            )
        if not self.deployers:
            raise ValueError(
                f"{self.tenant}: no deployers given, at least one is allowed, because the role would be of no use; put "
                "a person of the tenant in the group mlops"
            )


class DeploymentRole(PlatformComponent):
    """The role that makes, changes and removes a tenant's models and endpoints, by nobody else's hand.

    Creates: the role under ``/deployment/<tenant>/``, its exclusive attachments, and the exclusive absence of inline
    policies.
    Guarantee: the guardrails and the perimeter of the tenant's own work; a boundary that is its only grant; a trust
    that names each deployer and asks for a fresh second factor, or for a sign-in at the provider; sessions of an hour.
    It approves nothing and reads no data: which package a model is made of, its tag says; nobody checks that here.
    """

    def __init__(self, name: str, args: DeploymentRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:tenant:DeploymentRole", name, self._plan.inputs(), opts)
        self._role = self._create_role()
        carried = [args.scope.naming.tenant_policy_arn(purpose) for purpose in DEPLOYMENT_ROLE_CARRIES]
        attach_only(self, name, self._role, carried, [args.policies])
        hold_inline_only(self, name, self._role)
        self.publish()

    @property
    def role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role that deployers take on."""
        return self._role.arn

    def _plan_documents(self) -> Plan:
        group = self._args.security_group
        trust = deployment_trust(self._args.scope, self._args.tenant, self._args.deployers)
        place = f"{token_of(aws.iam.Role)}|{self._stem}-role|tags"
        return Plan(
            [planned_trust(self._stem, self._args.tenant, trust)],
            {group.name: group},
            {place: {"security-group": reference(group.name)}},
        )

    def _create_role(self) -> aws.iam.Role:
        logical_name, naming = f"{self._stem}-role", self._args.scope.naming
        group = self._args.security_group
        own = {"security-group": group.id} if group.id is not None else {}
        role_name = naming.deployment_role_name(self._args.tenant)
        return aws.iam.Role(
            logical_name,
            name=role_name,
            path=naming.deployment_path(self._args.tenant),
            description=f"Deploys the models of tenant {self._args.tenant}",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=naming.tenant_policy_arn(DEPLOYMENT),
            max_session_duration=ONE_HOUR,
            force_detach_policies=True,
            tags={**tenant_tags(self._args.tenant, role_name), **own},
            opts=self.child_options(depends_on=[self._args.policies, *self._args.named]),
        )
