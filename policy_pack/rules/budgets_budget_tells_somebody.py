"""A budget that tells nobody, or only when the money is gone, is none.

Source: AWS Billing and Cost Management User Guide, "Managing your costs with AWS Budgets".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from reading import Wire
    from resources import Resource
    from rule import Findings, Options

SUBSCRIBERS = ("subscriberEmailAddresses", "subscriberSnsTopicArns")


def validate(budget: Resource, options: Options) -> Findings:
    """Yield a finding unless somebody is told before the amount is spent and when it is."""
    found = budget.read("notifications")
    if found.unknown:
        yield Undecided(found)
        return
    told = [one for one in found.value or () if any(one.get(who) for who in SUBSCRIBERS) and _on_rise(one)]
    marks = [float(one["threshold"]) for one in told]
    first, last = options["firstPercent"], options["lastPercent"]
    if not any(mark <= first for mark in marks):
        yield Violation(f"notifications tell nobody at {first} percent or before")
    if not any(first < mark <= last for mark in marks):
        yield Violation(f"notifications tell nobody at {last} percent")


def _on_rise(notification: Wire) -> bool:
    """Return whether it speaks of percent of the amount that were really spent."""
    wanted = {"comparisonOperator": "GREATER_THAN", "thresholdType": "PERCENTAGE", "notificationType": "ACTUAL"}
    return all(notification.get(name) == value for name, value in wanted.items())


RULE = Rule(
    id="budgets-budget-tells-somebody",
    title="Budgets tell somebody in time",
    kind=Kind.RESOURCE,
    types=("aws:budgets/budget:Budget",),
    paths=("notifications[].threshold", "notifications[].subscriberEmailAddresses[]"),
    severity=Severity.MEDIUM,
    remediation="Add notifications of what was really spent, at 80 and at 100 percent, with a subscriber each.",
    url="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
    options={"firstPercent": integer(80, minimum=1), "lastPercent": integer(100, minimum=1)},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
