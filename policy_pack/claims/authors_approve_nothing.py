"""A model that its author approves has been seen by one person only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import users_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


APPROVERS = "-approvers"


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person outside the approvers, for setting a model package to approved."""
    approved = {"sagemaker:ModelApprovalStatus": "Approved"}
    for identity in users_of(stack):
        if not any(group.endswith(APPROVERS) for group in identity.groups):
            actions = ("sagemaker:UpdateModelPackage", "sagemaker:CreateModelPackage")
            yield Question(identity=identity, query=Query(actions, context=approved, sentence="approves a model"))


CLAIM = Claim(
    id="authors-approve-nothing",
    sentence="Nobody approves a model but an approver.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
