"""Grants of people's work in the parts that a stage gives out: notebooks, training, serving, registry, results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents import work
from components.documents.data_grants import bucket_location, list_own_prefix, use_key
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.notebooks import create_tagged, list_notebooks, use_own
from components.documents.platform_grants import network_interface_in_platform, read_network
from components.documents.scope import OWN_USER

if TYPE_CHECKING:
    from components.documents.people_scope import PeopleScope
    from components.documents.scope import Scope

PENDING = "PendingManualApproval"
DECISIONS = ("Approved", "Rejected")


def people_notebooks(scope: Scope, people: PeopleScope) -> PolicyDocument:
    """Return the grants on own notebooks: making them where the stack leaves that to people, using and opening them.

    SageMaker makes a notebook's network interface with the rights of whoever creates it.
    """
    if not people.self_service_notebooks:
        return document(operate_own_notebook(scope), list_notebooks())
    return document(
        create_tagged(scope), use_own(scope), list_notebooks(), network_interface_in_platform(scope), read_network()
    )


def operate_own_notebook(scope: Scope) -> Statement:
    """Allow using and opening the own notebook, which the program made and alone removes (S1, S4)."""
    return Statement(
        sid="OperateOwnNotebook",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "DescribeNotebookInstance",
            "StartNotebookInstance",
            "StopNotebookInstance",
            "UpdateNotebookInstance",
            "CreatePresignedNotebookInstanceUrl",
        ),
        resources=scope.sagemaker_arns("notebook-instance"),
        conditions=work.owned(),
    )


def training(scope: Scope) -> PolicyDocument:
    """Return the grants for jobs alone: no model, no endpoint."""
    return document(create_own_training(scope), work.use_own_jobs(scope), *_around(scope))


def serving(scope: Scope) -> PolicyDocument:
    """Return the grants for models and endpoints alone: no job."""
    return document(
        create_own_config(scope),
        work.create_own_model(scope),
        work.create_own_endpoint(scope),
        work.deploy_own_config(scope),
        work.use_own_endpoints(scope),
        *_around(scope),
    )


def _around(scope: Scope) -> tuple[Statement, ...]:
    """Return what every kind of work asks for beside its own: tags, lists, the own roles."""
    return (
        work.tag_on_create(scope),
        work.tag_own_things(scope),
        work.lists(),
        work.search_own(),
        work.pass_own_role(scope),
    )


def create_own_training(scope: Scope) -> Statement:
    """Allow jobs with the own tag; guardrails hold their network."""
    return Statement(
        sid="CreateOwnTraining",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "CreateTrainingJob",
            "CreateHyperParameterTuningJob",
            "CreateProcessingJob",
            "CreateTransformJob",
        ),
        resources=scope.sagemaker_arns("training-job", "hyper-parameter-tuning-job", "processing-job", "transform-job"),
        conditions=work.made_own(),
    )


def create_own_config(scope: Scope) -> Statement:
    """Allow endpoint configurations with the own tag; guardrails hold the models in them."""
    return Statement(
        sid="CreateOwnConfig",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateEndpointConfig",),
        resources=scope.sagemaker_arns("endpoint-config"),
        conditions=work.made_own(),
    )


def results(scope: Scope) -> PolicyDocument:
    """Return the grants for looking at own results, without writing any."""
    return document(list_own_prefix(scope), bucket_location(scope), read_own_results(scope), use_key(scope))


def read_own_results(scope: Scope) -> Statement:
    """Allow own results to be read."""
    return Statement(
        sid="ReadOwnResults",
        effect=Effect.ALLOW,
        actions=("s3:GetObject",),
        resources=(scope.own_objects_arn(),),
    )


def metrics(_scope: Scope) -> PolicyDocument:
    """Return the grants for published metrics, which have no resource type."""
    return document(
        Statement(
            sid="ReadMetrics",
            effect=Effect.ALLOW,
            actions=actions("cloudwatch", "GetMetricData", "ListMetrics"),
            resources=ANYTHING,
        )
    )


def own_groups_arn(scope: Scope) -> str:
    """Return the ARN pattern of the caller's groups of model packages, which carry the owner in their name."""
    return scope.naming.sagemaker_arn(f"model-package-group/{OWN_USER}--*")


def own_packages_arn(scope: Scope) -> str:
    """Return the ARN pattern of the packages in the caller's groups: packages in a group carry no tags."""
    return scope.naming.sagemaker_arn(f"model-package/{OWN_USER}--*/*")


def registry(scope: Scope) -> PolicyDocument:
    """Return an author's grants on the registry: registering as pending, never deciding."""
    return document(
        create_own_package_group(scope),
        tag_own_package_group(scope),
        register_pending(scope),
        look_at_own_packages(scope),
        package_lists(),
    )


def create_own_package_group(scope: Scope) -> Statement:
    """Allow groups under the own name, with the own tag."""
    return Statement(
        sid="CreateOwnPackageGroup",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateModelPackageGroup",),
        resources=(own_groups_arn(scope),),
        conditions=work.made_own(),
    )


def tag_own_package_group(scope: Scope) -> Statement:
    """Allow the tagging part of a group's creation."""
    return Statement(
        sid="TagOwnPackageGroup",
        effect=Effect.ALLOW,
        actions=("sagemaker:AddTags",),
        resources=(own_groups_arn(scope),),
        conditions=all_of(when("Null", "sagemaker:TaggingAction", "false"), work.made_own()),
    )


def register_pending(scope: Scope) -> Statement:
    """Allow packages in own groups that wait for a decision; without a status the service makes them wait."""
    return Statement(
        sid="RegisterPending",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateModelPackage",),
        resources=(own_groups_arn(scope), own_packages_arn(scope)),
        conditions=when("StringEqualsIfExists", "sagemaker:ModelApprovalStatus", PENDING),
    )


def look_at_own_packages(scope: Scope) -> Statement:
    """Allow looking at own groups and packages."""
    return Statement(
        sid="LookAtOwnPackages",
        effect=Effect.ALLOW,
        actions=actions("sagemaker", "DescribeModelPackage", "DescribeModelPackageGroup"),
        resources=(own_groups_arn(scope), own_packages_arn(scope)),
    )


def package_lists() -> Statement:
    """Allow the list of groups, which has no resource type."""
    return Statement(
        sid="PackageLists",
        effect=Effect.ALLOW,
        actions=("sagemaker:ListModelPackageGroups",),
        resources=ANYTHING,
    )


def approval(scope: Scope) -> PolicyDocument:
    """Return an approver's grants: looking at own packages and deciding about them, nothing else (S3 3.5)."""
    return document(decide_about_packages(scope), look_at_own_packages(scope), package_lists())


def decide_about_packages(scope: Scope) -> Statement:
    """Allow an update that decides; one that decides nothing would change what was reviewed."""
    return Statement(
        sid="DecideAboutPackages",
        effect=Effect.ALLOW,
        actions=("sagemaker:UpdateModelPackage",),
        resources=(own_packages_arn(scope),),
        conditions=when("StringEquals", "sagemaker:ModelApprovalStatus", *DECISIONS),
    )
