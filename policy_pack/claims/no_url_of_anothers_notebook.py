"""A presigned URL opens a notebook for whoever holds it, with the rights of the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OPENING = (
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreatePresignedMlflow*Url",
    "sagemaker:StartSession",
)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for a URL or a session of a notebook or profile whose owner is another or that has none."""
    for owner, identity in tenants_of(stack):
        foreign = {"aws:ResourceTag/user": OtherThan(owner).or_missing()}
        query = Query(OPENING, context=foreign, sentence="opens a notebook of somebody else")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-url-of-anothers-notebook",
    sentence="No tenant opens another tenant's notebook or Studio profile.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-opens-its-notebook",
)
