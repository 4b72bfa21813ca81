"""Nobody notices what a tenant costs, until the bill of the month comes.

Source: AWS Billing and Cost Management User Guide, "Managing your costs with AWS Budgets", filters by tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Level, Rule, Severity, Undecided, Violation, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options

BUDGET = "aws:budgets/budget:Budget"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each declared tenant that no budget of the stack watches by its tag."""
    watched: set[str] = set()
    for budget in stack.of_type(BUDGET):
        for path in ("costFilters", "filterExpression"):
            found = budget.read(path)
            if found.unknown and not budget.left_out(path):
                yield Undecided(found, budget.urn)
        watched.update(_watched(budget, str(options["tagKey"])))
    for tenant in stack_config.tenants(options.texts("tenants")).names:
        if tenant not in watched:
            yield Violation(f"no budget of this stack watches what {tenant} costs")


def _watched(budget: Resource, key: str) -> Iterator[str]:
    """Yield the tenants that a budget speaks of alone: with a second filter or value it adds up others' costs."""
    filters, expression = budget.read("costFilters"), budget.read("filterExpression.tags")
    if filters.present and not filters.unknown and len(filters.value) == 1:
        only = filters.value[0]
        values = [str(value) for value in only.get("values") or ()]
        if only.get("name") == "TagKeyValue" and len(values) == 1 and values[0].startswith(f"user:{key}$"):
            yield values[0].removeprefix(f"user:{key}$")
    if expression.present and not expression.unknown:
        values = [str(value) for value in expression.value.get("values") or ()]
        if expression.value.get("key") == key and len(values) == 1:
            yield values[0]


RULE = Rule(
    id="budgets-tenant-has-budget",
    title="Each tenant has a budget",
    kind=Kind.STACK,
    types=(BUDGET,),
    paths=(
        "costFilters[].name",
        "costFilters[].values[]",
        "filterExpression.tags.key",
        "filterExpression.tags.values[]",
    ),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Add a Budget for each tenant, filtered by the tag user.",
    url="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html",
    options={"tagKey": text("user"), "tenants": texts()},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
