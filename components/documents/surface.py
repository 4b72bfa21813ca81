"""Denies on whole parts of SageMaker that the platform cannot control, and on everything nobody has reviewed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Resource types whose every action is judged by another statement of the guardrails. Whoever adds one adds its
# tenancy, too: who may create it, whose network it takes, what it refers to.
REVIEWED_TYPES = (
    "notebook-instance",
    "training-job",
    "hyper-parameter-tuning-job",
    "processing-job",
    "transform-job",
    "model",
    "endpoint-config",
    "endpoint",
)

# Actions that change nothing. What they show is the business of tenancy and of the grants.
READS = actions("sagemaker", "Describe*", "Get*", "List*", "Query*", "Search")

# Services that the grants reach into; egress, tenancy, boundary and the resources' own policies judge them.
SERVICES_JUDGED_ELSEWHERE = ("s3:*", "kms:*", "logs:*", "cloudwatch:*", "ec2:*", "iam:*", "sts:*")


def surface(scope: Scope) -> PolicyDocument:
    """Return the document: only reviewed kinds of SageMaker resources, and none of their uncontrolled actions."""
    return document(uncontrolled(), unknown_types(scope), domain_administration())


def uncontrolled() -> Statement:
    """Deny what IAM cannot bound: shells, sharing by resource policy, and compute whose network has no key."""
    return Statement(
        sid="Uncontrolled",
        effect=Effect.DENY,
        actions=(
            *actions(
                "sagemaker",
                # A tunnel into a space from outside the network.
                "StartSession",
                # Sharing with other accounts.
                "PutModelPackageGroupPolicy",
                "DeleteModelPackageGroupPolicy",
                "PutEndpointPolicy",
                "DeleteEndpointPolicy",
                "PutResourcePolicy",
                "DeleteResourcePolicy",
                "PutLineageGroupPolicy",
                "CreateLineageGroupPolicy",
                "DeleteLineageGroupPolicy",
                "CreateSharedModel",
                "UpdateSharedModel",
                "SendSharedModelEvent",
                # Validation and Autopilot jobs whose containers reach the network unasked.
                "CreateAlgorithm",
                "CreateAutoMLJob",
                "CreateAutoMLJobV2",
                # May swap the model behind an endpoint, and carry no key that names it.
                "UpdateInferenceComponent",
                "UpdateInferenceComponentRuntimeConfig",
            ),
            # Services beside SageMaker, run in AWS' own network.
            "sagemaker-geospatial:*",
            "sagemaker-data-science-assistant:*",
            "sagemaker-mlflow:*",
        ),
        resources=ANYTHING,
    )


def unknown_types(scope: Scope) -> Statement:
    """Deny every change to a kind of resource that nobody reviewed, so a new API is refused on its first day.

    Written as the complement of what is known, on both sides: a list of verbs would miss the next verb. An action
    without a resource type meets ``*``, which is not on the list either. Services that no grant reaches are refused
    along with it.
    """
    return Statement(
        sid="UnknownTypes",
        effect=Effect.DENY,
        not_actions=(*READS, *SERVICES_JUDGED_ELSEWHERE),
        not_resources=scope.sagemaker_arns(*REVIEWED_TYPES),
    )


def domain_administration() -> Statement:
    """Deny the administration of Studio domains and profiles, and the way into one: that is the platform's work."""
    return Statement(
        sid="DomainAdministration",
        effect=Effect.DENY,
        actions=actions(
            "sagemaker",
            "CreateDomain",
            "UpdateDomain",
            "DeleteDomain",
            "CreateUserProfile",
            "UpdateUserProfile",
            "DeleteUserProfile",
            "CreatePresignedDomainUrl",
        ),
        resources=ANYTHING,
    )
