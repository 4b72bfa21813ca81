"""The bastion's credentials belong on its host: carried elsewhere they would offer a host of the thief's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OFFERING = ("ssm:UpdateInstanceInformation", "ssmmessages:Create*")
"""How a host makes itself known and opens its channels; what is opened then carries no key that says from where."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of the bastion's role, for offering itself from outside the network."""
    inside = stack.ids.get("vpc")
    outside = {"aws:SourceVpc": OtherThan(inside or "").or_missing()}
    for role in stack.identities:
        if inside and role.is_role and role.name.endswith("-bastion"):
            query = Query(OFFERING, context=outside, sentence="offers itself for sessions from outside the network")
            yield Question(identity=role, query=query)


CLAIM = Claim(
    id="the-bastion-serves-from-inside",
    sentence="The bastion's credentials offer no host for sessions from outside the network.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="the-platform-is-run",
)
