"""A role that may be handed over is a right that may be taken: only the own ones, and only to SageMaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for handing over a role of another path, and for handing any role to another service or to one unnamed."""
    for owner, identity in tenants_of(stack):
        own = f"arn:{stack.partition}:iam::{stack.account}:role/tenants/{owner}/*"
        query = Query("iam:PassRole", Like("*").but(own), sentence="hands over a role that is not its own")
        yield Question(identity=identity, query=query)
        elsewhere = {"iam:PassedToService": OtherThan("sagemaker.amazonaws.com").or_missing()}
        query = Query("iam:PassRole", context=elsewhere, sentence="hands a role to another service")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="own-roles-to-sagemaker-only",
    sentence="No tenant hands over a role but its own, and none to another service than SageMaker.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
