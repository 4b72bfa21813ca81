"""A guardrail that stops every job is no guardrail but a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import GROUP, declared_without_worker, shared_group_of, subnets_of, workers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Equals, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


STEPS = {
    "training": (("sagemaker:CreateTrainingJob", "training-job/{owner}--digits", True),),
    "inference": (
        ("sagemaker:CreateModel", "model/{owner}--digits", True),
        ("sagemaker:CreateEndpointConfig", "endpoint-config/{owner}--digits", False),
        ("sagemaker:CreateEndpoint", "endpoint/{owner}--digits", False),
        ("sagemaker:InvokeEndpoint", "endpoint/{owner}--digits", False),
    ),
}
"""Feature -> action, what it is done to, and whether the request says in which network the host stands."""


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether each notebook role can take every step, in the network and under the own name, and pass its role."""
    yield from declared_without_worker(stack)
    features = stack_config.features()
    subnets = subnets_of(stack)
    for owner, identity in workers_of(stack, "notebook"):
        groups = (shared_group_of(stack), identity.tags.get(GROUP, ""))
        network = {"sagemaker:VpcSubnets": Equals(*subnets), "sagemaker:VpcSecurityGroupIds": Equals(*groups)}
        for feature, steps in STEPS.items():
            for action, made, hosted in steps if feature in features else ():
                resource = stack.arn("sagemaker", made.format(owner=owner))
                query = Query(action, resource, network if hosted else {}, sentence=f"{action} of its own")
                yield Question(identity=identity, query=query, endpoints=True)
        passed = f"arn:{stack.partition}:iam::{stack.account}:role/tenants/{owner}/*"
        to_sagemaker = {"iam:PassedToService": "sagemaker.amazonaws.com"}
        query = Query("iam:PassRole", passed, to_sagemaker, sentence="hands its own role to SageMaker")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="each-tenant-trains-and-deploys",
    sentence="Each tenant trains, deploys and calls its own model inside the network, with its own role.",
    kind=Kind.LIVENESS,
    ask=ask,
)
