"""Who calls a tenant's endpoints from beside its people: a role, taken on by listed roles of the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import Plan, PlannedDocument, PlatformComponent, tenant_tags
from components.documents.invoking import INVOKING_ROLE_CARRIES, invoking, invoking_trust
from components.documents.limits import fitting
from components.roles import ONE_HOUR, attach_only, hold_inline_only, planned_trust

if TYPE_CHECKING:
    import pulumi

    from components.documents.invoking import Invoker
    from components.documents.scope import Scope
    from components.tenant_policies import TenantPolicies


@dataclass(frozen=True, kw_only=True)
class InvokingRoleArgs:
    """Who calls which endpoints of whom; `policies` are the documents that all of a tenant's roles carry."""

    scope: Scope
    invoker: Invoker
    policies: TenantPolicies

    def __post_init__(self) -> None:
        if not self.scope.invokers:
            raise ValueError(
                f"{self.invoker.name}: an invoker given in a scope without any, one is allowed where the scope says "
                "so, because the endpoint of STS lets nobody take its role on otherwise; say invokers=True"
            )


class InvokingRole(PlatformComponent):
    """The role by which an application calls the listed endpoints of a tenant, and nothing else.

    Creates: the role under ``/invokers/<tenant>/``, its one managed policy, its exclusive attachments, and the
    exclusive absence of inline policies.
    Guarantee: the guardrails and the perimeter of the tenant's own work; a boundary that is its only grant; a trust
    that names each role that takes it on; sessions of an hour.
    It leaves to the account what the roles that take it on may do beside, and who takes those on.
    """

    def __init__(self, name: str, args: InvokingRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:tenant:InvokingRole", name, self._plan.inputs(), opts)
        self._policy = self._create_policy()
        self._role = self._create_role()
        naming = args.scope.naming
        shared = [naming.tenant_policy_arn(purpose) for purpose in INVOKING_ROLE_CARRIES]
        own = naming.invoking_policy_arn(args.invoker.name)
        attach_only(self, name, self._role, [*shared, own], [args.policies, self._policy])
        hold_inline_only(self, name, self._role)
        self.publish()

    @property
    def role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role that the listed roles take on."""
        return self._role.arn

    def _plan_documents(self) -> Plan:
        scope, invoker = self._args.scope, self._args.invoker
        rights = fitting({invoker.name: invoking(scope, invoker)})[invoker.name]
        return Plan(
            [
                planned_trust(self._stem, invoker.name, invoking_trust(scope, invoker)),
                PlannedDocument(
                    kind=aws.iam.Policy, logical_name=f"{self._stem}-policy", property_path="policy", document=rights
                ),
            ]
        )

    def _create_policy(self) -> aws.iam.Policy:
        invoker, logical_name = self._args.invoker, f"{self._stem}-policy"
        policy_name = self._args.scope.naming.invoking_role_name(invoker.name)
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description=f"The endpoints of tenant {invoker.tenant} that {invoker.name} calls",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=tenant_tags(invoker.tenant, policy_name),
            opts=self.child_options(),
        )

    def _create_role(self) -> aws.iam.Role:
        logical_name, naming, invoker = f"{self._stem}-role", self._args.scope.naming, self._args.invoker
        role_name = naming.invoking_role_name(invoker.name)
        return aws.iam.Role(
            logical_name,
            name=role_name,
            path=naming.invoking_path(invoker.tenant),
            description=f"Calls endpoints of tenant {invoker.tenant} for {invoker.name}",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=naming.invoking_policy_arn(invoker.name),
            max_session_duration=ONE_HOUR,
            force_detach_policies=True,
            tags=tenant_tags(invoker.tenant, role_name),
            opts=self.child_options(depends_on=[self._args.policies, self._policy]),
        )
