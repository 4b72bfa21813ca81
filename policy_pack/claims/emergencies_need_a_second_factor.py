"""The emergency role may change policies: whoever assumes it must have shown a second factor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import stack_config
from asking import OWNER, PLATFORM, anyone_of_the_account, users_of
from claim import Claim, Kind, Question, Remark

from claims.people_need_a_second_factor import FEDERATED
from iamproof import Equals, OtherThan, Principal, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies
    from identities import Identity

    from iamproof import Values

OLD = 3601
"""Seconds after which a second factor was given too long ago."""


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of users with every right, for the emergency role without a fresh second factor, or as no administrator."""
    if any(identity.is_role for identity in users_of(stack)):
        yield FEDERATED
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            for identity, context, sentence in _ways(stack):
                query = Query(
                    "sts:AssumeRole", role.principal.arn, context, sentence=f"takes the emergency role {sentence}"
                )
                yield Question(identity=identity, query=query, roles=(role,))


def _ways(stack: StackPolicies) -> Iterator[tuple[Identity, Mapping[str, Values], str]]:
    """Yield who may not take the role at all, and an administrator with the second factors that are not enough."""
    outsider = anyone_of_the_account(stack)
    arn = f"arn:{stack.partition}:iam::{stack.account}:user/{stack_config.name_prefix()}-somebody"

    def with_tags(arn: str, tags: Mapping[str, str]) -> Identity:
        return replace(outsider, principal=Principal.user(arn, tags))

    administrator = with_tags(arn, {OWNER: PLATFORM})
    yield administrator, {"aws:MultiFactorAuthPresent": OtherThan("true").or_missing()}, "without MFA"
    old = {"aws:MultiFactorAuthAge": Equals(str(OLD)).or_missing()}
    yield administrator, old, "with MFA of more than an hour ago"
    yield with_tags(arn, {}), {}, "as nobody's"
    yield with_tags(arn, {OWNER: "somebody"}), {}, "as a tenant's"
    yield with_tags(outsider.principal.arn, {OWNER: PLATFORM}), {}, "from outside the stack"


CLAIM = Claim(
    id="emergencies-need-a-second-factor",
    sentence="Nobody takes the emergency role but an administrator with MFA of the last hour.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=(
        "where people federate, administrators take it on by a new sign-in, whose factor the provider asks for",
    ),
    partner="the-platform-is-run",
)
