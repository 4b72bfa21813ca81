"""What is done when a tenant has spent its budget: nothing new that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.budget_stop import apply_budget_stop, budget_stop, budget_stop_trust
from components.roles import create_service_rights, create_service_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.documents.scope import Scope
    from components.tenant_budgets import TenantBudgets

STOPPED_AT = 100  # percent of the amount

# Names of one kind in an action (AWS Budgets API Reference, IamActionDefinition).
MOST_NAMES = 100


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Whom the action of one tenant's budget stops, by name: roles, and users where people are users.

    `named` are the resources that hold these names, so that they exist first.
    """

    roles: tuple[str, ...]
    users: tuple[str, ...] = ()
    named: Sequence[pulumi.Resource] = ()


@dataclass(frozen=True, kw_only=True)
class BudgetStopArgs:
    """Whose budgets stop whom, and who is told."""

    scope: Scope
    budgets: TenantBudgets
    stopped: Mapping[str, Stopped]
    tell: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.tell or self.topics):
            raise ValueError(
                "tell: nobody given, a mail address or a topic is allowed, AWS Budgets acts for nobody; give one"
            )
        for tenant, names in self.stopped.items():
            most = max(len(names.roles), len(names.users))
            if not names.roles or most > MOST_NAMES:
                raise ValueError(
                    f"{tenant}: {len(names.roles)} roles and {len(names.users)} users given, 1 to {MOST_NAMES} roles "
                    f"and at most {MOST_NAMES} users are allowed, AWS Budgets takes no others; make the tenant two"
                )


class BudgetStop(PlatformComponent):
    """The actions of budgets.

    Creates: the policy that denies what makes hosts, the role by which AWS Budgets attaches it, and for each budget an
    action at 100 percent that needs nobody's consent.
    Guarantee: the role can put this one policy on tenants' roles and people and take it off, and do nothing else; what
    somebody attaches to it by hand is removed by the next update.
    It ends no work: what runs goes on to its own end, and AWS learns costs hours later.
    """

    def __init__(self, name: str, args: BudgetStopArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:audit:BudgetStop", name, self._plan.inputs(), opts)
        self._policy = self._create_policy()
        role_name = args.scope.naming.budget_actions_name()
        about = "Attaches the stop of a spent budget, and nothing else"
        self._role = create_service_role(self, name, self._plan, role_name, about)
        self._ready = create_service_rights(self, name, self._plan, self._role, self._policy)
        for tenant in args.stopped:
            self._create_action(tenant)
        self.publish()

    @property
    def policy_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the policy that a spent budget attaches."""
        return self._policy.arn

    def _plan_documents(self) -> Plan:
        scope, role = self._args.scope, f"{self._stem}-role"
        return Plan(
            [
                PlannedDocument(
                    kind=aws.iam.Policy,
                    logical_name=f"{self._stem}-policy",
                    property_path="policy",
                    document=budget_stop(scope),
                ),
                PlannedDocument(
                    kind=aws.iam.Role,
                    logical_name=role,
                    property_path="assumeRolePolicy",
                    document=budget_stop_trust(scope),
                ),
                PlannedDocument(
                    kind=aws.iam.RolePolicy,
                    logical_name=f"{role}-policy",
                    property_path="policy",
                    document=apply_budget_stop(scope),
                ),
            ]
        )

    def _create_policy(self) -> aws.iam.Policy:
        logical_name, policy_name = f"{self._stem}-policy", self._args.scope.naming.budget_stop_name()
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description="What a tenant may no longer do once its budget is spent",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=platform_tags(policy_name),
            opts=self.child_options(),
        )

    def _create_action(self, tenant: str) -> aws.budgets.BudgetAction:
        naming, names = self._args.scope.naming, self._args.stopped[tenant]
        return aws.budgets.BudgetAction(
            f"{self._stem}-{tenant}",
            budget_name=self._args.budgets.budget_names[tenant],
            action_type="APPLY_IAM_POLICY",
            approval_model="AUTOMATIC",
            notification_type="ACTUAL",
            action_threshold=aws.budgets.BudgetActionActionThresholdArgs(
                action_threshold_type="PERCENTAGE", action_threshold_value=STOPPED_AT
            ),
            definition=aws.budgets.BudgetActionDefinitionArgs(
                iam_action_definition=aws.budgets.BudgetActionDefinitionIamActionDefinitionArgs(
                    policy_arn=naming.budget_stop_arn(), roles=list(names.roles), users=list(names.users) or None
                )
            ),
            execution_role_arn=self._role.arn,
            subscribers=[
                aws.budgets.BudgetActionSubscriberArgs(address=address, subscription_type=kind)
                for kind, told in (("EMAIL", self._args.tell), ("SNS", self._args.topics))
                for address in told
            ],
            tags=platform_tags(f"{naming.budget_name(tenant)}-stop"),
            opts=self.child_options(depends_on=[self._policy, *self._ready, *names.named]),
        )
