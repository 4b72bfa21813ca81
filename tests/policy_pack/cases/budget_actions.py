"""Cases of the rules about what a spent budget does by itself."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.audit_baselines import (
    STOP,
    budget,
    budget_action,
    budget_rights,
    budget_role,
    budget_stop,
)
from tests.policy_pack.baselines import bucket, role
from tests.policy_pack.document_baselines import ACCOUNT, allow, as_text, deny, document
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, taken, unknown

ONLY_ALICE = {"tenants": ["alice"]}
WHOLE = (budget_action(), budget_stop(), budget_rights(), budget_role())
NO_DENY = "names no policy of this stack that only denies"
NO_NAME = "does not say by iam:PolicyARN"
TOO_MUCH = "allows more than attaching and detaching"
BY_ID = taken(budget_action(executionRoleArn=UNKNOWN), executionRoleArn=budget_role())
ANN = component("aws:iam/user:User", "ann", name="ml-dev-ann", tags={"user": "alice"})


def attaching(**names: Any) -> dict[str, Any]:
    """Return the definition of an action."""
    return {"definition": {"iamActionDefinition": {"policyArn": STOP, **names}}}


def threshold(value: Any, kind: str = "PERCENTAGE") -> dict[str, Any]:
    """Return the threshold of an action."""
    return {"actionThreshold": {"actionThresholdType": kind, "actionThresholdValue": value}}


CASES: dict[str, list[Case]] = {
    "budgets-action-is-automatic": [
        passes("at once, when all is spent", budget_action()),
        passes("before", budget_action(**threshold(90))),
        fails("waits for consent", "approvalModel has another value", budget_action(approvalModel="MANUAL")),
        fails("after more is spent", "is above 100 percent", budget_action(**threshold(120))),
        fails(
            "of an amount", "actionThresholdType has another value", budget_action(**threshold(90, "ABSOLUTE_VALUE"))
        ),
        fails("of a forecast", "notificationType has another value", budget_action(notificationType="FORECASTED")),
        fails("runs a document", "actionType has another value", budget_action(actionType="RUN_SSM_DOCUMENTS")),
        fails("tells nobody", "subscribers is empty", budget_action(subscribers=[])),
        absent("nobody decided", "approvalModel is absent", budget_action(approvalModel=ABSENT)),
        absent("nobody is told", "subscribers is empty", budget_action(subscribers=ABSENT)),
        absent("no threshold", "or absent", budget_action(actionThreshold={"actionThresholdType": "PERCENTAGE"})),
        unknown("it must be known", "approvalModel is not known", budget_action(approvalModel=UNKNOWN)),
        unknown("who is told, too", "subscribers is not known", budget_action(subscribers=UNKNOWN)),
    ],
    "budgets-action-only-denies": [
        passes("a deny, by a role that attaches it alone", *WHOLE),
        passes("the same where the role's ARN is not known yet", BY_ID, budget_stop(), budget_rights(), budget_role()),
        passes("no action", bucket()),
        fails(
            "a policy that allows",
            NO_DENY,
            budget_stop(policy=as_text(document(deny(), allow()))),
            budget_role(),
            budget_action(),
        ),
        fails(
            "a policy of AWS", NO_DENY, *WHOLE[1:], budget_action(**attaching(policyArn="arn:aws:iam::aws:policy/X"))
        ),
        fails("a policy of another path", NO_DENY, budget_stop(path="/other/"), budget_role(), budget_action()),
        fails("a policy that says nothing", NO_DENY, budget_stop(policy="{}"), budget_role(), budget_action()),
        fails("a foreign role", "is no role of this stack", budget_stop(), budget_action()),
        fails("any policy", NO_NAME, *WHOLE[:2], budget_role(), budget_rights(Condition=None)),
        fails(
            "a policy beside the stop",
            NO_NAME,
            *WHOLE[:2],
            budget_role(),
            budget_rights(Condition={"ArnEquals": {"iam:PolicyARN": [STOP, f"arn:aws:iam::{ACCOUNT}:policy/x"]}}),
        ),
        fails(
            "policies called alike",
            NO_NAME,
            *WHOLE[:2],
            budget_role(),
            budget_rights(Condition={"ArnLike": {"iam:PolicyARN": [f"{STOP}*"]}}),
        ),
        fails(
            "where the key is there",
            NO_NAME,
            *WHOLE[:2],
            budget_role(),
            budget_rights(Condition={"ArnEqualsIfExists": {"iam:PolicyARN": [STOP]}}),
        ),
        fails("an inline policy", TOO_MUCH, *WHOLE[:2], budget_role(), budget_rights(Action=["iam:PutRolePolicy"])),
        fails("everything of IAM", TOO_MUCH, *WHOLE[:2], budget_role(), budget_rights(Action=["iam:*"])),
        fails(
            "everything but something",
            TOO_MUCH,
            *WHOLE[:2],
            budget_role(),
            budget_rights(Action=None, NotAction=["iam:PassRole"]),
        ),
        fails("a role that no action names", TOO_MUCH, budget_role(), budget_rights(Action=["iam:CreateUser"])),
        fails(
            "a managed policy",
            "managed policies are attached",
            *WHOLE[:3],
            budget_role(managedPolicyArns=["arn:aws:iam::aws:policy/AWSBudgetsActionsWithAWSResourceControlAccess"]),
        ),
        absent(
            "without a document nothing is attached",
            NO_DENY,
            budget_stop(policy=ABSENT),
            budget_role(),
            budget_action(),
        ),
        unknown(
            "which policy must be known",
            "policyArn is not known",
            *WHOLE[1:],
            taken(budget_action(**attaching(policyArn=UNKNOWN)), definition=budget_stop()),
        ),
    ],
    "budgets-tenant-is-stopped": [
        passes(
            "role and person",
            budget_action(**attaching(roles=["ml-dev-alice-notebook"], users=["ml-dev-ann"])),
            role(),
            ANN,
            options=ONLY_ALICE,
        ),
        passes("nobody works for the tenant", budget(), options=ONLY_ALICE),
        fails(
            "a person goes on",
            "stops ann once what alice",
            budget_action(),
            role(),
            ANN,
            options=ONLY_ALICE,
            on="closed-sagemaker-dev",
        ),
        fails(
            "another's action",
            "stops alice-notebook-role",
            budget_action("bob"),
            role(),
            options=ONLY_ALICE,
            on="closed-sagemaker-dev",
        ),
        absent(
            "no action", "stops alice-notebook-role", budget(), role(), options=ONLY_ALICE, on="closed-sagemaker-dev"
        ),
        unknown(
            "whom it stops must be known",
            "roles is not known",
            taken(budget_action(**attaching(roles=UNKNOWN)), definition=bucket()),
            options=ONLY_ALICE,
        ),
    ],
}
