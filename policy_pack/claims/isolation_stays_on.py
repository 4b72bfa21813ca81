"""A container without network isolation reaches the network with the job's credentials in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


ISOLATED = (
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateModel",
)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for a training job, tuning job or model whose isolation is off, said or left out."""
    off = {"sagemaker:NetworkIsolation": OtherThan("true").or_missing()}
    for _owner, identity in tenants_of(stack):
        query = Query(ISOLATED, context=off, sentence="switches network isolation off")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="isolation-stays-on",
    sentence="No tenant switches network isolation off where it is required.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
