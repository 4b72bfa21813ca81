"""Denies of a stage: what work may run on, for how long, that its author never approves it, and who deploys.

They go to people and to notebook roles alike: whoever starts work from a notebook starts it under the same limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.deployment import only_the_deployment_role_deploys
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document, when
from components.documents.notebooks import notebook_idle

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Creations whose request always says its instance types: those of the service authorization reference that carry the
# key, the platform leaves open, and whose API knows no way without (serverless variants are refused by themselves).
SIZED_CREATIONS = actions(
    "sagemaker",
    "CreateNotebookInstance",
    "CreateTrainingJob",
    "CreateHyperParameterTuningJob",
    "CreateProcessingJob",
    "CreateTransformJob",
    "CreateEndpointConfig",
)

# Changes that may name another type; where they name none, nothing changes.
SIZED_CHANGES = actions("sagemaker", "UpdateNotebookInstance", "UpdateTrainingJob")

TIMED_CREATIONS = actions("sagemaker", "CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateProcessingJob")


def stage(scope: Scope) -> PolicyDocument:
    """Return the limits of the stage as a document of its own, for the roles that start work or deploy.

    It holds a notebook's own stop as well, which needs no attachment of its own then: one of IAM's ten is left for the
    stop of a budget that is spent. The boundary of the deployment role leaves that stop out.
    """
    return document(*stage_limits(scope), only_the_deployment_role_deploys(scope), *notebook_idle(scope).statements)


def stage_limits(scope: Scope) -> tuple[Statement, ...]:
    """Return the limits of the stage as statements."""
    return (
        allowed_instance_types(scope),
        instance_type_missing(),
        max_runtime(scope),
        authors_do_not_approve(),
    )


def allowed_instance_types(scope: Scope) -> Statement:
    """Deny work on a type that the stage does not list; `InstanceTypeMissing` holds where none is named."""
    return Statement(
        sid="AllowedInstanceTypes",
        effect=Effect.DENY,
        actions=(*SIZED_CREATIONS, *SIZED_CHANGES),
        resources=ANYTHING,
        conditions=when("ForAnyValue:StringNotLike", "sagemaker:InstanceTypes", *scope.limits.instance_types),
    )


def instance_type_missing() -> Statement:
    """Deny creations that name no type, although they always do: a default would be anybody's guess [LIVE]."""
    return Statement(
        sid="InstanceTypeMissing",
        effect=Effect.DENY,
        actions=SIZED_CREATIONS,
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:InstanceTypes", "true"),
    )


def max_runtime(scope: Scope) -> Statement:
    """Deny work that may run longer than the stage allows, or that does not say how long."""
    return Statement(
        sid="MaxRuntime",
        effect=Effect.DENY,
        actions=TIMED_CREATIONS,
        resources=ANYTHING,
        conditions=when("NumericGreaterThanIfExists", "sagemaker:MaxRuntimeInSeconds", str(scope.limits.longest_run)),
    )


def authors_do_not_approve() -> Statement:
    """Deny registering as approved and approving later: who made a model never decides about it."""
    return Statement(
        sid="AuthorsDoNotApprove",
        effect=Effect.DENY,
        actions=actions("sagemaker", "CreateModelPackage", "UpdateModelPackage"),
        resources=ANYTHING,
        conditions=when("StringEquals", "sagemaker:ModelApprovalStatus", "Approved"),
    )
