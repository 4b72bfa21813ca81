"""A key that nobody can manage any more takes all that it encrypts with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import administrators_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask whether a deployer can change the policy of each key."""
    for deployer in administrators_of(stack):
        for key in stack.keys:
            query = Query("kms:PutKeyPolicy", key.called, sentence=f"changes the policy of {key.name}")
            yield Question(identity=deployer, query=query)


CLAIM = Claim(
    id="keys-are-never-locked-out",
    sentence="Every key has somebody who can change its policy.",
    kind=Kind.LIVENESS,
    ask=ask,
    assumptions=("the deployer holds every right that an identity policy can give",),
)
