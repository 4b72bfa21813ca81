"""A host whose request names no network cannot be bound to ours: what starts such hosts nobody may call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from claims.compute_stays_in_the_network import IN_THE_NETWORK
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


WITHOUT_HOST = (
    "sagemaker:CreateEndpoint",
    "sagemaker:CreateEndpointConfig",
    "sagemaker:CreateInferenceComponent",
    "sagemaker:CreateModelPackage",
    "sagemaker:CreateModelPackageGroup",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreateTransformJob",
    "sagemaker:StartNotebookInstance",
)
"""Creations and starts whose host, if any, stands where a model or a notebook says, which other claims judge."""


JUDGED = (*IN_THE_NETWORK, *WITHOUT_HOST)
STARTING = ("sagemaker:Create*", "sagemaker:Start*")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for every creation and start of SageMaker that is not among those whose network is judged."""
    for _owner, identity in tenants_of(stack):
        query = Query(STARTING, but=JUDGED, sentence="starts what nobody can bind to the network")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-compute-out-of-sight",
    sentence="No tenant starts compute whose network IAM cannot see.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
