"""Who may take on a tenant's role: SageMaker of this account, for the kinds of work that the role is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import Effect, PolicyDocument, Statement, all_of, document, when
from components.documents.scope import SAGEMAKER

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

# What may run with a job role. A notebook is not among them: the job role carries no perimeter.
JOB_SOURCES = (
    "training-job",
    "processing-job",
    "transform-job",
    "hyper-parameter-tuning-job",
    "model",
    "endpoint",
)


def notebook_role_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of a notebook role. Unchanged SDK code passes it to jobs too, so the source is left open."""
    return document(_sagemaker_may_assume("SageMakerOfThisAccount", own_account(scope)))


def job_role_trust(scope: Scope) -> PolicyDocument:
    """Return the trust of a job role: jobs, models and endpoints of this account and Region only [LIVE]."""
    sources = when("ArnLike", "aws:SourceArn", *scope.sagemaker_arns(*JOB_SOURCES))
    return document(_sagemaker_may_assume("SageMakerJobsOfThisAccount", all_of(own_account(scope), sources)))


def own_account(scope: Scope) -> Conditions:
    """Return the condition that the service acts for something in this account, not in a stranger's."""
    return when("StringEquals", "aws:SourceAccount", scope.naming.account_id)


def _sagemaker_may_assume(sid: str, conditions: Conditions) -> Statement:
    # Without sts:TagSession: a session's tags would overwrite the role's owner.
    return Statement(
        sid=sid,
        effect=Effect.ALLOW,
        principals={"Service": (SAGEMAKER,)},
        actions=("sts:AssumeRole",),
        conditions=conditions,
    )
