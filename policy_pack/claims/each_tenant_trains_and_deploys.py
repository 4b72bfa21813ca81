"""A guardrail that stops every job is no guardrail but a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import declared_invokers
import stack_config
from asking import (
    GROUP,
    declared_without_worker,
    deployment_roles,
    deploys_by_role,
    endpoints_of,
    invokers_of,
    is_deployer,
    shared_group_of,
    subnets_of,
    tenants_of,
    workers_of,
)
from claim import Broken, Claim, Kind, Question, Remark

from iamproof import Equals, Query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from environment import StackPolicies
    from identities import Identity

    from iamproof import Values


STEPS = {
    "training": (("sagemaker:CreateTrainingJob", "training-job/{owner}--digits", True),),
    "inference": (
        ("sagemaker:CreateModel", "model/{owner}--digits", True),
        ("sagemaker:CreateEndpointConfig", "endpoint-config/{owner}--digits", False),
        ("sagemaker:CreateEndpoint", "endpoint/{owner}--digits", False),
        ("sagemaker:InvokeEndpoint", "endpoint/{owner}--digits", False),
    ),
    "deployment": (
        ("sagemaker:CreateModel", "model/{owner}--digits", True),
        ("sagemaker:CreateEndpointConfig", "endpoint-config/{owner}--digits", False),
        ("sagemaker:CreateEndpoint", "endpoint/{owner}--digits", False),
        ("sagemaker:UpdateEndpoint", "endpoint/{owner}--digits", False),
        ("sagemaker:DeleteEndpoint", "endpoint/{owner}--digits", False),
        ("sagemaker:DescribeModelPackage", "model-package/{owner}--digits/1", False),
    ),
}
"""Feature, or how it is done where models need approval -> action, what it is done to, and whether the request says in
which network the host stands."""


def ask(stack: StackPolicies) -> Iterator[Question | Broken | Remark]:
    """Ask whether each notebook role can take every step, in the network and under the own name, and pass its role.

    Where models need approval, the deployment role takes those of inference, and its people take on the role.
    """
    yield from declared_without_worker(stack)
    features = {*stack_config.features()}
    if deploys_by_role() and "inference" in features:
        features.remove("inference")
        yield from _deployments(stack)
    for owner, identity in workers_of(stack, "notebook"):
        yield from _steps(stack, owner, identity, features)
    yield from _calls(stack)


def _calls(stack: StackPolicies) -> Iterator[Question]:
    """Yield whether each invoker's role reaches every endpoint that is listed for it."""
    listed = declared_invokers.endpoints()
    for name, identity in invokers_of(stack):
        for each in listed.get(name, ()):
            query = Query("sagemaker:InvokeEndpoint", stack.arn("sagemaker", f"endpoint/{each}"), sentence="calls it")
            yield Question(identity=identity, query=query, endpoints=True)


def _steps(stack: StackPolicies, owner: str, identity: Identity, parts: Collection[str]) -> Iterator[Question]:
    groups = (shared_group_of(stack), identity.tags.get(GROUP, ""))
    network = {
        "sagemaker:VpcSubnets": Equals(*subnets_of(stack)),
        "sagemaker:VpcSecurityGroupIds": Equals(*groups),
    }
    for part, steps in STEPS.items():
        for action, made, hosted in steps if part in parts else ():
            resource = stack.arn("sagemaker", made.format(owner=owner))
            query = Query(action, resource, network if hosted else {}, sentence=f"{action} of its own")
            yield Question(identity=identity, query=query, endpoints=True)
    passed = f"arn:{stack.partition}:iam::{stack.account}:role/tenants/{owner}/*"
    to_sagemaker = {"iam:PassedToService": "sagemaker.amazonaws.com"}
    query = Query("iam:PassRole", passed, to_sagemaker, sentence="hands its own role to SageMaker")
    yield Question(identity=identity, query=query)


def _deployments(stack: StackPolicies) -> Iterator[Question | Broken | Remark]:
    """Yield how each tenant deploys by its role: its people take it on, and it takes every step."""
    roles = deployment_roles(stack)
    declared = {
        str(each.get("tenant")) for each in stack_config.people().values() if "mlops" in str(each.get("groups"))
    }
    for owner in stack_config.tenants():
        if owner in roles:
            yield from _steps(stack, owner, roles[owner], {"deployment"})
        elif owner in declared:
            yield Broken(text=f"tenant {owner} has people who deploy, and no deployment role in this stack", urn="")
        else:
            yield Remark(text=f"Nobody deploys for {owner}.")
    ways = [one.called for one in stack.endpoints if one.service.endswith(".sts")] or [*endpoints_of(stack)]
    from_inside: dict[str, Values | str] = {"aws:SourceVpce": Equals(*ways), "aws:ViaAWSService": "false"}
    with_mfa = {**from_inside, "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "600"}
    for owner, identity in tenants_of(stack):
        if owner in roles and not identity.is_role and is_deployer(identity):
            query = Query("sts:AssumeRole", roles[owner].principal.arn or "", with_mfa, sentence="takes on the role")
            yield Question(identity=identity, query=query, roles=(roles[owner],), endpoints=True)


CLAIM = Claim(
    id="each-tenant-trains-and-deploys",
    sentence="Each tenant trains, deploys and calls its own model inside the network, with its own role.",
    kind=Kind.LIVENESS,
    ask=ask,
)
