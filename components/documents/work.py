"""Grants of daily work: own jobs, models and endpoints. Allow-lists on this account and Region only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.scope import OWN_USER, SAGEMAKER

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope


# What daily work makes; the registry of packages belongs to other grants.
WORK_TYPES = (
    "notebook-instance",
    "training-job",
    "hyper-parameter-tuning-job",
    "processing-job",
    "transform-job",
    "model",
    "endpoint-config",
    "endpoint",
)

# Looking at what is deployed, changing and removing it. Who calls an endpoint is granted beside it.
KEEP_DEPLOYED = actions(
    "sagemaker",
    "DescribeModel",
    "DeleteModel",
    "DescribeEndpointConfig",
    "DeleteEndpointConfig",
    "DescribeEndpoint",
    "UpdateEndpoint",
    "UpdateEndpointWeightsAndCapacities",
    "DeleteEndpoint",
)

CALL_ENDPOINTS = actions("sagemaker", "InvokeEndpoint", "InvokeEndpointAsync", "InvokeEndpointWithResponseStream")


def work(scope: Scope) -> PolicyDocument:
    """Return the grants for training, models and endpoints, held by the notebook role."""
    return document(
        create_own_jobs(scope),
        create_own_model(scope),
        create_own_endpoint(scope),
        deploy_own_config(scope),
        tag_on_create(scope),
        tag_own_things(scope),
        use_own_jobs(scope),
        use_own_endpoints(scope),
        lists(),
        search_own(),
        pass_own_role(scope),
        own_identity(),
    )


def made_own() -> Conditions:
    """Return the condition that the new thing is given the caller as its owner."""
    return when("StringEquals", "aws:RequestTag/user", OWN_USER)


def owned() -> Conditions:
    """Return the condition that the thing belongs to the caller."""
    return when("StringEquals", "aws:ResourceTag/user", OWN_USER)


def create_own_jobs(scope: Scope) -> Statement:
    """Allow jobs and endpoint configurations with the own tag; guardrails hold their network."""
    return Statement(
        sid="CreateOwnJobs",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "CreateTrainingJob",
            "CreateHyperParameterTuningJob",
            "CreateProcessingJob",
            "CreateTransformJob",
            "CreateEndpointConfig",
        ),
        resources=scope.sagemaker_arns(
            "training-job", "hyper-parameter-tuning-job", "processing-job", "transform-job", "endpoint-config"
        ),
        conditions=made_own(),
    )


def create_own_model(scope: Scope) -> Statement:
    """Allow models under the own name: the name is what a configuration is judged by."""
    return Statement(
        sid="CreateOwnModel",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateModel",),
        resources=(scope.own_models_arn(),),
        conditions=made_own(),
    )


def create_own_endpoint(scope: Scope) -> Statement:
    """Allow endpoints with the own tag; `DeployOwnConfig` allows the configuration that they deploy."""
    return Statement(
        sid="CreateOwnEndpoint",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateEndpoint",),
        resources=scope.sagemaker_arns("endpoint"),
        conditions=made_own(),
    )


def deploy_own_config(scope: Scope) -> Statement:
    """Allow own configurations in a creation: the call is judged on endpoint and configuration alike."""
    return Statement(
        sid="DeployOwnConfig",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateEndpoint",),
        resources=scope.sagemaker_arns("endpoint-config"),
        conditions=owned(),
    )


def tag_on_create(scope: Scope) -> Statement:
    """Allow the tagging part of a creation, which SageMaker judges as an AddTags of its own."""
    return Statement(
        sid="TagOnCreate",
        effect=Effect.ALLOW,
        actions=("sagemaker:AddTags",),
        resources=scope.sagemaker_arns(*WORK_TYPES),
        conditions=all_of(when("Null", "sagemaker:TaggingAction", "false"), made_own()),
    )


def tag_own_things(scope: Scope) -> Statement:
    """Allow other tags on own things; `UserTagIsFrozen` holds the owner's."""
    return Statement(
        sid="TagOwnThings",
        effect=Effect.ALLOW,
        actions=actions("sagemaker", "AddTags", "DeleteTags", "ListTags"),
        resources=scope.sagemaker_arns(*WORK_TYPES),
        conditions=owned(),
    )


def use_own_jobs(scope: Scope) -> Statement:
    """Allow following, stopping and removing own jobs. Metrics would need an endpoint of their own."""
    return Statement(
        sid="UseOwnJobs",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "DescribeTrainingJob",
            "DescribeHyperParameterTuningJob",
            "DescribeProcessingJob",
            "DescribeTransformJob",
            "ListTrainingJobsForHyperParameterTuningJob",
            "StopTrainingJob",
            "StopHyperParameterTuningJob",
            "StopProcessingJob",
            "StopTransformJob",
            "UpdateTrainingJob",
            "DeleteTrainingJob",
            "DeleteHyperParameterTuningJob",
            "DeleteProcessingJob",
        ),
        resources=scope.sagemaker_arns("training-job", "hyper-parameter-tuning-job", "processing-job", "transform-job"),
        conditions=owned(),
    )


def use_own_endpoints(scope: Scope) -> Statement:
    """Allow own models and endpoints to be seen, changed, called and removed."""
    return Statement(
        sid="UseOwnEndpoints",
        effect=Effect.ALLOW,
        actions=(*KEEP_DEPLOYED, *CALL_ENDPOINTS),
        resources=scope.sagemaker_arns("model", "endpoint-config", "endpoint"),
        conditions=owned(),
    )


def lists() -> Statement:
    """Allow the lists that the SDK needs. They have no resource type, so names of others show: names hold no secret."""
    return Statement(
        sid="Lists",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "ListTrainingJobs",
            "ListHyperParameterTuningJobs",
            "ListProcessingJobs",
            "ListTransformJobs",
            "ListModels",
            "ListEndpointConfigs",
            "ListEndpoints",
        ),
        resources=ANYTHING,
    )


def search_own() -> Statement:
    """Allow searches that filter for the own things. Search has no resource type."""
    return Statement(
        sid="SearchOwn",
        effect=Effect.ALLOW,
        actions=("sagemaker:Search",),
        resources=ANYTHING,
        conditions=when("StringEquals", "sagemaker:SearchVisibilityCondition/Tags.user/EqualsIfExists", OWN_USER),
    )


def pass_own_role(scope: Scope) -> Statement:
    """Allow handing the own roles to SageMaker, and to no other service."""
    return Statement(
        sid="PassOwnRole",
        effect=Effect.ALLOW,
        actions=("iam:PassRole",),
        resources=(scope.own_roles_arn(),),
        conditions=when("StringEquals", "iam:PassedToService", SAGEMAKER),
    )


def own_identity() -> Statement:
    """Allow asking who one is, which every SDK session does. The call has no resource type."""
    return Statement(
        sid="OwnIdentity",
        effect=Effect.ALLOW,
        actions=("sts:GetCallerIdentity",),
        resources=ANYTHING,
    )
