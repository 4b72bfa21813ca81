"""Grants on notebooks: people make, use and open their own; a notebook stops itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document
from components.documents.work import made_own, owned

if TYPE_CHECKING:
    from components.documents.scope import Scope


def notebook_idle(scope: Scope) -> PolicyDocument:
    """Return the notebook role's own grants: what a notebook needs to stop itself when idle. People hold the rest."""
    return document(idle_stop(scope))


def idle_stop(scope: Scope) -> Statement:
    """Allow looking at the own notebook and stopping it; nobody opens or changes one from within."""
    return Statement(
        sid="IdleStop",
        effect=Effect.ALLOW,
        actions=actions("sagemaker", "DescribeNotebookInstance", "StopNotebookInstance"),
        resources=scope.sagemaker_arns("notebook-instance"),
        conditions=owned(),
    )


def create_tagged(scope: Scope) -> Statement:
    """Allow notebooks with the own tag; guardrails hold their network, root access and metadata version."""
    return Statement(
        sid="CreateTagged",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateNotebookInstance",),
        resources=scope.sagemaker_arns("notebook-instance"),
        conditions=made_own(),
    )


def use_own(scope: Scope) -> Statement:
    """Allow everything on own notebooks, opening them included."""
    return Statement(
        sid="UseOwn",
        effect=Effect.ALLOW,
        actions=actions(
            "sagemaker",
            "DescribeNotebookInstance",
            "StartNotebookInstance",
            "StopNotebookInstance",
            "UpdateNotebookInstance",
            "DeleteNotebookInstance",
            "CreatePresignedNotebookInstanceUrl",
        ),
        resources=scope.sagemaker_arns("notebook-instance"),
        conditions=owned(),
    )


def list_notebooks() -> Statement:
    """Allow the list of notebooks. It has no resource type, so names of others show: names hold no secret."""
    return Statement(
        sid="ListNotebooks",
        effect=Effect.ALLOW,
        actions=("sagemaker:ListNotebookInstances",),
        resources=ANYTHING,
    )
