"""A budget's action changes what principals may do, hours after anybody looked; it must not be able to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import PLATFORM, owner_of
from claim import Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from identities import Identity


SERVICE, ACTION = "budgets.amazonaws.com", "aws:budgets/budgetAction:BudgetAction"
ATTACHES = tuple(f"iam:{verb}{kind}Policy" for verb in ("Attach", "Detach") for kind in ("Role", "User", "Group"))


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of the role that AWS Budgets acts as, for any other call, policy or principal than those of a stop."""
    stops = stops_of(stack)
    others = tuple(one.principal.arn for one in stack.identities if owner_of(one) is None)
    for role in actors_of(stack):
        query = Query("*", but=ATTACHES, sentence="does more than attach and detach policies")
        yield Question(identity=role, query=query)
        other_policy = {"iam:PolicyARN": Like("arn:*:iam::*:policy/*").but(*stops).or_missing()}
        query = Query(ATTACHES, context=other_policy, sentence="attaches or detaches another policy than the stop")
        yield Question(identity=role, query=query)
        of_platform = {"aws:ResourceTag/user": PLATFORM}
        query = Query(ATTACHES, others, of_platform, sentence="attaches or detaches at somebody of the platform")
        yield Question(identity=role, query=query)


def actors_of(stack: StackPolicies) -> Iterator[Identity]:
    """Yield the roles that AWS Budgets may act as."""
    for identity in stack.identities:
        statements = identity.trust.statements if identity.trust else ()
        if any(entry.value == SERVICE for statement in statements for entry in statement.principals or ()):
            yield identity


def stops_of(stack: StackPolicies) -> tuple[str, ...]:
    """Return the ARNs of the policies that budgets attach."""
    actions = stack.stack.of_type(ACTION)
    found = (one.read("definition.iamActionDefinition.policyArn").value for one in actions)
    return tuple(sorted({arn for arn in found if isinstance(arn, str)})) or ("no stop is declared",)


CLAIM = Claim(
    id="budgets-only-take-away",
    sentence="A spent budget attaches its one stop to tenants' principals; the role it acts as can do nothing else.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("that the stop only denies, the rule budgets-action-only-denies holds",),
    partner="budgets-stop-their-tenants",
)
