"""A stop that cannot be attached, or taken off again, is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Broken, Claim, Kind, Question

from claims.budgets_only_take_away import ACTION, actors_of, stops_of
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claim import Asked
    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Asked]:
    """Ask whether the role that AWS Budgets acts as attaches each stop to each tenant's principal, and detaches it."""
    stops, actors = stops_of(stack), tuple(actors_of(stack))
    if not actors:
        for action in stack.stack.of_type(ACTION):
            yield Broken(text=f"no role of the stack lets AWS Budgets do what {action.name} says", urn=action.urn)
    for role in actors:
        for owner, identity in tenants_of(stack):
            kind = "Role" if identity.is_role else "User"
            for verb in ("Attach", "Detach"):
                for stop in stops:
                    context = {"iam:PolicyARN": stop, "aws:ResourceTag/user": owner}
                    sentence = f"{verb.lower()}es the stop of {identity.name}"
                    query = Query(f"iam:{verb}{kind}Policy", identity.principal.arn, context, sentence=sentence)
                    yield Question(identity=role, query=query)


CLAIM = Claim(
    id="budgets-stop-their-tenants",
    sentence="A spent budget's stop is attached to each tenant's role and person, and taken off again.",
    kind=Kind.LIVENESS,
    ask=ask,
)
