"""What tenants may cost in a month before somebody is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent, platform_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from components.naming import Naming

TOLD_AT = (80, 100)  # percent of the amount


@dataclass(frozen=True, kw_only=True)
class TenantBudgetsArgs:
    """The amounts in US dollars a month by tenant, and who is told: mail addresses, topics of the account."""

    naming: Naming
    amounts: Mapping[str, float]
    tell: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        small = sorted(tenant for tenant, amount in self.amounts.items() if amount <= 0)
        if small:
            raise ValueError(
                f"amounts: none or less for {', '.join(small)} given, more than 0 is allowed, AWS Budgets takes no "
                "such limit; write for example 200"
            )
        if not (self.tell or self.topics):
            raise ValueError(
                "tell: nobody given, a mail address or a topic is allowed, a budget that tells nobody is none; give one"
            )


class TenantBudgets(PlatformComponent):
    """The budgets of tenants.

    Creates: for each tenant a budget of its cost in a month, by the tag `user`.
    Guarantee: when 80 and when 100 percent are spent, somebody is told.
    It stops nothing, which `BudgetStop` does; the tag counts only once it is activated for cost allocation.
    """

    def __init__(self, name: str, args: TenantBudgetsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:audit:TenantBudgets", name, {}, opts)
        self._budgets = {tenant: self._create_budget(tenant) for tenant in args.amounts}
        self.publish()

    @property
    def budget_names(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the names of the budgets by tenant."""
        return {tenant: budget.name for tenant, budget in self._budgets.items()}

    def _create_budget(self, tenant: str) -> aws.budgets.Budget:
        budget_name = self._args.naming.budget_name(tenant)
        return aws.budgets.Budget(
            f"{self._stem}-{tenant}",
            name=budget_name,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=f"{self._args.amounts[tenant]:.2f}",
            limit_unit="USD",
            # The form of a tag that users set: the kind, the key, a dollar sign and the value.
            cost_filters=[aws.budgets.BudgetCostFilterArgs(name="TagKeyValue", values=[f"user:user${tenant}"])],
            notifications=[self._notification(percent) for percent in TOLD_AT],
            tags=platform_tags(budget_name),
            opts=self.child_options(),
        )

    def _notification(self, percent: float) -> aws.budgets.BudgetNotificationArgs:
        return aws.budgets.BudgetNotificationArgs(
            comparison_operator="GREATER_THAN",
            notification_type="ACTUAL",
            threshold=percent,
            threshold_type="PERCENTAGE",
            subscriber_email_addresses=list(self._args.tell) or None,
            subscriber_sns_topic_arns=list(self._args.topics) or None,
        )
