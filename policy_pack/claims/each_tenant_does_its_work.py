"""What a guardrail refuses by mistake is missed by whoever works: every step of a day's work is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import declared_without_worker, deploys_by_role, is_person, who_works
from claim import Claim, Example, Kind
from examples import each, in_the_network, listed_types, made_by, of_person, owned_by, sized, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claim import Broken
    from environment import StackPolicies
    from examples import Keys
    from identities import Identity


JOBS = {
    "training-job": ("CreateTrainingJob", "DescribeTrainingJob", "StopTrainingJob", "DeleteTrainingJob"),
    "hyper-parameter-tuning-job": (
        "CreateHyperParameterTuningJob",
        "DescribeHyperParameterTuningJob",
        "StopHyperParameterTuningJob",
        "DeleteHyperParameterTuningJob",
    ),
    "processing-job": (
        "CreateProcessingJob",
        "DescribeProcessingJob",
        "StopProcessingJob",
        "DeleteProcessingJob",
    ),
    "transform-job": ("CreateTransformJob", "DescribeTransformJob", "StopTransformJob"),
}
CHANGES = {
    "training-job": ("UpdateTrainingJob",),
    "hyper-parameter-tuning-job": ("ListTrainingJobsForHyperParameterTuningJob",),
    "notebook-instance": ("DescribeNotebookInstance", "StopNotebookInstance"),
}
SERVING = {
    "model": ("DescribeModel", "DeleteModel"),
    "endpoint-config": ("DescribeEndpointConfig", "DeleteEndpointConfig"),
    "endpoint": ("DescribeEndpoint", "UpdateEndpoint", "UpdateEndpointWeightsAndCapacities", "DeleteEndpoint"),
}
CALLS = ("InvokeEndpoint", "InvokeEndpointAsync", "InvokeEndpointWithResponseStream")
LISTS = ("TrainingJobs", "HyperParameterTuningJobs", "ProcessingJobs", "TransformJobs", "Models", "EndpointConfigs")
TAGGED = ("notebook-instance", *JOBS, *SERVING)


def ask(stack: StackPolicies) -> Iterator[Example | Broken]:
    """Ask, of each notebook role, for each step of training and of serving, through the endpoints."""
    yield from declared_without_worker(stack)
    api, runtime = through(stack, "sagemaker.api"), through(stack, "sagemaker.runtime")
    features = stack_config.features()
    # Where models need approval a role of its own serves them: another claim asks for its steps.
    serves = "inference" in features and not deploys_by_role()
    for owner, identity in who_works(stack):
        way = {**api, **of_person(identity)} if api and is_person(identity) else api
        if way and "training" in features:
            yield from training(stack, identity, way)
        if way and serves:
            yield from _serving(stack, identity, way, owner)
        if runtime and serves:
            endpoint = stack.arn("sagemaker", "endpoint/x")
            listed = {endpoint: tuple(f"sagemaker:{call}" for call in CALLS)}
            called = {**runtime, **(of_person(identity) if is_person(identity) else {}), **owned_by(identity)}
            yield from each(identity, called, listed)
        if way and serves and "training" in features:
            yield from _tags(stack, identity, way)
            yield from _without_a_thing(stack, identity, way, owner)


def training(stack: StackPolicies, identity: Identity, way: Keys) -> Iterator[Example]:
    """Yield making, looking at and stopping each kind of job, isolated, inside the network, with a listed type."""
    made = {**way, **made_by(identity), **in_the_network(stack, identity), **sized()}
    made |= {"sagemaker:NetworkIsolation": "true", "sagemaker:MaxRuntimeInSeconds": "3600"}
    model = {"sagemaker:ModelArn": stack.arn("sagemaker", f"model/{identity.tags.get('user', '')}--digits")}
    for pattern in listed_types():
        job = stack.arn("sagemaker", "training-job/x")
        yield from each(identity, {**made, **sized(pattern)}, {job: ("sagemaker:CreateTrainingJob",)})
    for kind, (create, *others) in JOBS.items():
        job = stack.arn("sagemaker", f"{kind}/x")
        batch = {**way, **made_by(identity), **sized(), **model} if kind == "transform-job" else made
        yield from each(identity, batch, {job: (f"sagemaker:{create}",)})
        yield from each(identity, {**way, **owned_by(identity)}, {job: tuple(f"sagemaker:{one}" for one in others)})
    for kind, actions in CHANGES.items():
        thing = stack.arn("sagemaker", f"{kind}/x")
        yield from each(identity, {**way, **owned_by(identity)}, {thing: tuple(f"sagemaker:{one}" for one in actions)})


def _serving(stack: StackPolicies, identity: Identity, way: Keys, owner: str) -> Iterator[Example]:
    model = stack.arn("sagemaker", f"model/{owner}--digits")
    made = {**way, **made_by(identity)}
    hosted = {**made, **in_the_network(stack, identity), "sagemaker:NetworkIsolation": "true"}
    yield from each(identity, hosted, {model: ("sagemaker:CreateModel",)})
    config = stack.arn("sagemaker", "endpoint-config/x")
    of_model = {**made, **sized(), "sagemaker:ModelArn": (model,)}
    yield from each(identity, of_model, {config: ("sagemaker:CreateEndpointConfig",)})
    yield from each(identity, made, {stack.arn("sagemaker", "endpoint/x"): ("sagemaker:CreateEndpoint",)})
    yield from each(identity, {**made, **owned_by(identity)}, {config: ("sagemaker:CreateEndpoint",)})
    for kind, actions in SERVING.items():
        thing = stack.arn("sagemaker", f"{kind}/x")
        yield from each(identity, {**way, **owned_by(identity)}, {thing: tuple(f"sagemaker:{one}" for one in actions)})


def _tags(stack: StackPolicies, identity: Identity, way: Keys) -> Iterator[Example]:
    """Yield tagging while a thing is made, and other tags than the owner's on own things."""
    for kind in TAGGED:
        thing = stack.arn("sagemaker", f"{kind}/x")
        made = {**way, **made_by(identity), "sagemaker:TaggingAction": "CreateTrainingJob"}
        yield from each(identity, made, {thing: ("sagemaker:AddTags",)})
        later = {**way, **owned_by(identity), "aws:TagKeys": ("team",)}
        yield from each(identity, later, {thing: ("sagemaker:AddTags", "sagemaker:DeleteTags", "sagemaker:ListTags")})
        unnamed = {**way, **owned_by(identity), "sagemaker:TaggingAction": "CreateModel"}
        yield from each(identity, unnamed, {thing: ("sagemaker:AddTags",)})


def _without_a_thing(stack: StackPolicies, identity: Identity, way: Keys, owner: str) -> Iterator[Example]:
    lists = tuple(f"sagemaker:List{kind}" for kind in (*LISTS, "Endpoints"))
    yield from each(identity, way, {"*": lists})
    own = {"sagemaker:SearchVisibilityCondition/Tags.user/EqualsIfExists": owner}
    yield from each(identity, {**way, **own}, {"*": ("sagemaker:Search",)})
    role = f"arn:{stack.partition}:iam::{stack.account}:role/tenants/{owner}/x"
    signed_in = of_person(identity) if is_person(identity) else {}
    passed: Keys = {"aws:ViaAWSService": "false", "iam:PassedToService": "sagemaker.amazonaws.com", **signed_in}
    yield from each(identity, passed, {role: ("iam:PassRole",)})
    said = through(stack, "sts")
    if said:
        yield from each(identity, {**said, **signed_in}, {"*": ("sts:GetCallerIdentity",)})


CLAIM = Claim(
    id="each-tenant-does-its-work",
    sentence="Each tenant takes every step of training and serving, from its notebook, and sees and tags its things.",
    kind=Kind.LIVENESS,
    ask=ask,
)
