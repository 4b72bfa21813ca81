"""A notebook, job, model or endpoint belongs to whom its tag names: nobody else sees, calls, changes or removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, OtherThan, Query, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OWNED_BY_NAME = ("model-package", "model-package-group")
"""Kinds of which a thing belongs to whom its name begins with: versions of a package carry no tags of their own."""


CREATIONS = (
    *(action for action in facts.expand("sagemaker:Create*") if "Presigned" not in action),
    "sagemaker:AddTags",
)
"""What makes a thing, which has no owner yet: other claims judge the owner that it is given."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for an action on a thing whose owner is another or that has none."""
    every = stack.arn("sagemaker", "*")
    for owner, identity in tenants_of(stack):
        foreign = {"aws:ResourceTag/user": OtherThan(owner).or_missing()}
        named = (stack.arn("sagemaker", f"{kind}/{owner}--*") for kind in OWNED_BY_NAME)
        others = Like(every).but(*named)
        query = Query("sagemaker:*", others, foreign, but=CREATIONS, sentence="touches work of somebody else")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-tenant-touches-others-work",
    sentence="No tenant sees, calls, deploys, changes or deletes another tenant's notebook, job, model or endpoint.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
