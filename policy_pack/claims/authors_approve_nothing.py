"""A model that its author approves, or whoever deploys it, has been seen by one person only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import is_approver, tenants_of, users_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person outside the approvers and of each tenant's role, for setting a package to approved."""
    approved = {"sagemaker:ModelApprovalStatus": "Approved"}
    everybody = {one.urn: one for one in (*users_of(stack), *(one for _, one in tenants_of(stack)))}
    for identity in everybody.values():
        if not is_approver(identity):
            actions = ("sagemaker:UpdateModelPackage", "sagemaker:CreateModelPackage")
            yield Question(identity=identity, query=Query(actions, context=approved, sentence="approves a model"))
            decided = {"sagemaker:ModelApprovalStatus": OtherThan("PendingManualApproval")}
            query = Query("sagemaker:CreateModelPackage", context=decided, sentence="registers a model as decided on")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="authors-approve-nothing",
    sentence="Nobody approves a model but an approver.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
