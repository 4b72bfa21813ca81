"""Grants on notebooks: make, use and open the own ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document
from components.documents.work import made_own, owned

if TYPE_CHECKING:
    from components.documents.scope import Scope


def notebooks(scope: Scope) -> PolicyDocument:
    """Return the grants on own notebooks.

    They belong to people. Until the platform has people the notebook role holds them too; from then on it keeps only
    what it needs to stop itself when idle.
    """
    return document(create_tagged(scope), use_own(scope), list_notebooks())


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
