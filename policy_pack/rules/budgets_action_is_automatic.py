"""A budget's action that waits for somebody's consent, or for more than the amount, stops nobody.

Source: AWS Billing and Cost Management User Guide, "Configuring a budget action".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

WANTED = {
    "approvalModel": ("AUTOMATIC", "the action waits for consent"),
    "actionType": ("APPLY_IAM_POLICY", "nothing is stopped"),
    "notificationType": ("ACTUAL", "what is only forecast stops work"),
    "actionThreshold.actionThresholdType": ("PERCENTAGE", "nobody can tell of how much"),
}


def validate(action: Resource, options: Options) -> Findings:
    """Yield a finding unless the action attaches a policy by itself when the amount is spent, and tells of it."""
    for path, (value, without) in WANTED.items():
        yield from must_equal(action, path, value, absent=without)
    reached = action.read("actionThreshold.actionThresholdValue")
    if reached.unknown:
        yield Undecided(reached)
    elif reached.absent or float(reached.value) > options["lastPercent"]:
        yield Violation(f"actionThreshold.actionThresholdValue is above {options['lastPercent']} percent or absent")
    told = action.read("subscribers")
    if told.unknown:
        yield Undecided(told)
    elif not told.value:
        yield Violation("subscribers is empty, so work stops and nobody is told why")


RULE = Rule(
    id="budgets-action-is-automatic",
    title="Budget actions act without waiting, and tell of it",
    kind=Kind.RESOURCE,
    types=("aws:budgets/budgetAction:BudgetAction",),
    paths=(*WANTED, "actionThreshold.actionThresholdValue", "subscribers"),
    severity=Severity.MEDIUM,
    remediation="Set approvalModel to AUTOMATIC, the threshold to 100 percent of what was spent, and subscribers.",
    url="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html",
    options={"lastPercent": integer(100, minimum=1)},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
