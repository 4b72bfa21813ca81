"""A tenant whose budget is spent goes on spending by every role or person that nothing stops.

Source: AWS Billing and Cost Management User Guide, "Configuring a budget action".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import as_registered
from rule import Kind, Level, Rule, Severity, Undecided, Violation, texts
from tags import tenant_of

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ACTION = "aws:budgets/budgetAction:BudgetAction"
ROLE, USER = "aws:iam/role:Role", "aws:iam/user:User"
NAMED = {ROLE: "definition.iamActionDefinition.roles[]", USER: "definition.iamActionDefinition.users[]"}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each declared tenant with a role or a user that no budget's action of the stack names."""
    stopped: dict[str, set[str]] = {kind: set() for kind in NAMED}
    for action in stack.of_type(ACTION):
        for kind, path in NAMED.items():
            for one in as_registered(action).each(path):
                if one.unknown:
                    yield Undecided(one, action.urn)
                elif one.present:
                    stopped[kind].add(str(one.value))
    tenants = stack_config.tenants(options.texts("tenants")).names
    going_on: dict[str, list[str]] = {tenant: [] for tenant in tenants}
    for principal in stack.of_type(*NAMED):
        tenant = tenant_of(principal)
        if tenant in going_on and str(principal.read("name").value) not in stopped[principal.type]:
            going_on[tenant].append(principal.name)
    for tenant, names in going_on.items():
        if names:
            listed = ", ".join(sorted(names))
            yield Violation(f"no budget of this stack stops {listed} once what {tenant} may cost is spent")


RULE = Rule(
    id="budgets-tenant-is-stopped",
    title="A spent budget stops all roles and people of its tenant",
    kind=Kind.STACK,
    types=(ACTION, ROLE, USER),
    paths=(
        *(f"BudgetAction:{path}" for path in NAMED.values()),
        "Role:name",
        "Role:tags",
        "User:name",
        "User:tags",
    ),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Name the tenant's roles and users in the BudgetAction of its budget.",
    url="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html",
    options={"tenants": texts()},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
