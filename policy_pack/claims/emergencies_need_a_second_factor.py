"""The emergency role may change policies: whoever assumes it must have shown a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import anyone_of_the_account, users_of
from claim import Claim, Kind, Question, Remark

from claims.people_need_a_second_factor import FEDERATED
from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of a user that holds every right, for the emergency role in a session without a second factor."""
    if any(identity.is_role for identity in users_of(stack)):
        yield FEDERATED
    without = {"aws:MultiFactorAuthPresent": OtherThan("true").or_missing()}
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            query = Query(
                "sts:AssumeRole", role.principal.arn, without, sentence="takes the emergency role without MFA"
            )
            yield Question(identity=anyone_of_the_account(stack), query=query, roles=(role,))


CLAIM = Claim(
    id="emergencies-need-a-second-factor",
    sentence="Nobody takes the emergency role without MFA.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=(
        "where people federate, administrators take it on by a new sign-in, whose factor the provider asks for",
    ),
    partner="people-enroll-themselves",
)
