"""What a spent budget does: it attaches one policy that only denies, by a role that can do nothing else.

The policy is the same for every tenant; whom it is attached to, each budget's action says. It refuses what makes hosts
run or grow. What runs already goes on, own work can be stopped, removed, looked at and carried off, and an open
notebook opens still: whoever is stopped loses no work.

Sources: AWS Billing and Cost Management User Guide, "Configuring a budget action" and "Setting up a role for AWS
Budgets to run budget actions"; Service Authorization Reference of IAM (`iam:PolicyARN`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.operations import open_changes, operations
from components.documents.trust import own_account

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

BUDGETS = "budgets.amazonaws.com"

# Effects of operations, as the table of operations writes them, that cost: they make hosts, or say what hosts shall be.
SPENDING = ("hosts", "defines")


def spending_actions() -> tuple[str, ...]:
    """Return the actions that a tenant may do and that cost; all others are refused to it anyway."""
    return tuple(each.action for each in operations() if each.effect in SPENDING and each.action in open_changes())


def budget_stop(_scope: Scope) -> PolicyDocument:
    """Return the policy that a spent budget attaches to the tenant's roles and people."""
    return document(
        Statement(sid="NothingNewThatCosts", effect=Effect.DENY, actions=spending_actions(), resources=ANYTHING)
    )


def budget_stop_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of the role that acts: AWS Budgets, for budgets of this stack."""
    budgets = scope.naming.arn("budgets", f"budget/{scope.naming.prefix}-*", region=False)
    return document(
        Statement(
            sid="BudgetsOfThisStack",
            effect=Effect.ALLOW,
            principals={"Service": (BUDGETS,)},
            actions=("sts:AssumeRole",),
            conditions=all_of(own_account(scope), when("ArnLike", "aws:SourceArn", budgets)),
        )
    )


def apply_budget_stop(scope: Scope) -> PolicyDocument:
    """Return what that role may do: attach and detach the one policy, on roles of tenants and on tenants' people."""
    return document(attach_to_roles(scope), attach_to_people(scope))


def attach_to_roles(scope: Scope) -> Statement:
    """Allow the stop to be put on tenants' roles of this stack and taken off, and no other policy."""
    return Statement(
        sid="StopTenantsRoles",
        effect=Effect.ALLOW,
        actions=actions("iam", "AttachRolePolicy", "DetachRolePolicy"),
        resources=tuple(
            scope.naming.iam_arn(f"role/{path}/*/{scope.naming.prefix}-*") for path in ("tenants", "deployment")
        ),
        conditions=_only_the_stop(scope),
    )


def attach_to_people(scope: Scope) -> Statement:
    """Allow the same on people, who are users, or roles where they federate; on people of the platform it is refused.

    Where IAM did not hand the owner's tag to the condition, the policy could be put on them too: it costs them nothing,
    as they run no work [LIVE].
    """
    kind = "Role" if scope.federation else "User"
    return Statement(
        sid="StopTenantsPeople",
        effect=Effect.ALLOW,
        actions=actions("iam", f"Attach{kind}Policy", f"Detach{kind}Policy"),
        resources=(scope.people_arn(),),
        conditions=all_of(_only_the_stop(scope), when("StringNotEquals", "aws:ResourceTag/user", "platform")),
    )


def _only_the_stop(scope: Scope) -> Conditions:
    return when("ArnEquals", "iam:PolicyARN", scope.naming.budget_stop_arn())
