"""What a spent budget does by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.access_analyzers import AccessAnalyzers, AccessAnalyzersArgs
from components.budget_stop import BudgetStop, BudgetStopArgs, Stopped
from components.documents.budget_stop import SPENDING, spending_actions
from components.documents.operations import open_changes, operations
from components.tenant_budgets import TenantBudgets, TenantBudgetsArgs
from tests.components.building import NAMING, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording

STOP = "arn:aws:iam::111122223333:policy/ml-dev-budget-stop"
ROLES = ("ml-dev-alice-notebook", "ml-dev-alice-job")
ALICE = Stopped(roles=ROLES, users=("ml-dev-ann",))


def stop(**changes: Any) -> BudgetStopArgs:
    watched = TenantBudgetsArgs(naming=NAMING, amounts={"alice": 200, "bob": 9}, tell=("a@example.com",))
    analyzers = AccessAnalyzers("analyzers", AccessAnalyzersArgs(naming=NAMING))
    given: dict[str, Any] = {
        "scope": Parts().scope,
        "budgets": TenantBudgets("budgets", watched),
        "stopped": {"alice": replace(ALICE, named=[analyzers]), "bob": Stopped(roles=("ml-dev-bob-job",))},
        "tell": ("a@example.com",),
        "topics": ("arn:aws:sns:ap-northeast-1:111122223333:cost",),
    }
    return BudgetStopArgs(**{**given, **changes})


@pytest.fixture
def recording(run: Callable[..., Recording]) -> Recording:
    return run(lambda: BudgetStop("budget-stop", stop()))


def test_a_spent_budget_denies_by_itself_at_100_percent_and_tells(recording: Recording) -> None:
    """S3-A18, the deny."""
    made = recording.one("aws:budgets/budgetAction:BudgetAction", "budget-stop-alice").inputs
    assert (made["actionType"], made["approvalModel"], made["notificationType"], made["budgetName"]) == (
        "APPLY_IAM_POLICY",
        "AUTOMATIC",
        "ACTUAL",
        "ml-dev-alice",
    )
    assert made["actionThreshold"] == {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 100}
    assert made["definition"]["iamActionDefinition"] == {
        "policyArn": STOP,
        "roles": list(ROLES),
        "users": ["ml-dev-ann"],
    }
    assert [(each["subscriptionType"], each["address"]) for each in made["subscribers"]] == [
        ("EMAIL", "a@example.com"),
        ("SNS", "arn:aws:sns:ap-northeast-1:111122223333:cost"),
    ]


def test_a_budget_stops_its_own_tenant_alone(recording: Recording) -> None:
    made = recording.one("aws:budgets/budgetAction:BudgetAction", "budget-stop-bob").inputs
    assert made["definition"]["iamActionDefinition"] == {"policyArn": STOP, "roles": ["ml-dev-bob-job"]}


def test_what_an_action_names_exists_before_it(recording: Recording) -> None:
    waits = recording.one("aws:budgets/budgetAction:BudgetAction", "budget-stop-alice").dependencies
    assert {"budget-stop-policy", "budget-stop-role-policy", "analyzers-outside"} <= set(waits)


def test_nothing_is_attached_to_the_role_by_hand(recording: Recording) -> None:
    managed = recording.one("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive")
    inline = recording.one("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive")
    assert managed.inputs == {"roleName": "ml-dev-budget-actions", "policyArns": []}
    assert inline.inputs == {"roleName": "ml-dev-budget-actions", "policyNames": ["ml-dev-budget-actions"]}
    assert {managed.name, inline.name} <= set(
        recording.one("aws:budgets/budgetAction:BudgetAction", "budget-stop-bob").dependencies
    )


def test_the_policy_denies_all_that_makes_hosts_and_the_role_attaches_it_alone(recording: Recording) -> None:
    planned = recording.one("closed-sagemaker:audit:BudgetStop").inputs["plannedDocuments"]
    (deny,) = planned["aws:iam/policy:Policy|budget-stop-policy|policy"]["Statement"]
    assert (deny["Effect"], deny["Resource"]) == ("Deny", ["*"])
    assert "sagemaker:CreateTrainingJob" in deny["Action"]
    rights = planned["aws:iam/rolePolicy:RolePolicy|budget-stop-role-policy|policy"]["Statement"]
    assert {action for each in rights for action in each["Action"]} == {
        f"iam:{verb}{kind}Policy" for verb in ("Attach", "Detach") for kind in ("Role", "User")
    }
    assert [each["Condition"]["ArnEquals"] for each in rights] == [{"iam:PolicyARN": [STOP]}] * 2


def test_every_open_operation_costs_or_is_known_to_cost_nothing() -> None:
    """A new operation has to be put on one side or the other."""
    free = {"tags", "changes", "opens", "removes", "calls", "stops"}
    found = {each.effect for each in operations() if each.action in open_changes()}
    assert found == free | set(SPENDING)
    assert set(spending_actions()) < set(open_changes())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tell": (), "topics": ()}, "tell: nobody given"),
        ({"stopped": {"alice": Stopped(roles=())}}, "alice: 0 roles and 0 users given"),
        ({"stopped": {"bob": Stopped(roles=ROLES, users=("x",) * 101)}}, "bob: 2 roles and 101 users given"),
    ],
)
def test_a_stop_of_nobody_of_too_many_or_in_silence_is_refused(
    given: dict[str, Any], said: str, run: Callable[..., Recording]
) -> None:
    with pytest.raises(ValueError, match=said):
        run(lambda: stop(**given))
