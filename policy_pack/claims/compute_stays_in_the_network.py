"""A host in another subnet, or with another security group, stands outside everything that the network closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import GROUP, shared_group_of, subnets_of, tenants_of
from claim import Claim, Kind, Question

from iamproof import Contains, Missing, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


IN_THE_NETWORK = (
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateModel",
    "sagemaker:CreateAutoMLJob",
    "sagemaker:CreateAutoMLJobV2",
)
"""Creations that say in which network the host stands."""
SUBNETS, GROUPS = "sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds"


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for hosts without subnet or group, with a foreign subnet, with a group neither shared nor the own."""
    subnets, shared = subnets_of(stack), shared_group_of(stack)
    for _owner, identity in tenants_of(stack):
        groups = (shared, *((identity.tags[GROUP],) if GROUP in identity.tags else ()))
        for sentence, key, values in (
            ("makes a host without subnet", SUBNETS, Missing),
            ("makes a host without security group", GROUPS, Missing),
            ("makes a host in a subnet of somebody else", SUBNETS, Contains(OtherThan(*subnets))),
            ("makes a host with a security group of somebody else", GROUPS, Contains(OtherThan(*groups))),
        ):
            query = Query(IN_THE_NETWORK, context={key: values}, sentence=sentence)
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="compute-stays-in-the-network",
    sentence="No notebook, job or model stands outside the platform's subnets and the tenant's own security group.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
