"""A training job whose role may not write logs runs, fails, and says nothing.

Source: Amazon SageMaker AI Developer Guide, "How to use SageMaker AI execution roles", CreateTrainingJob.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from grants import LABELS, TYPES, carried
from origins import Origins
from places import Holder
from rule import Kind, Level, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

JOB = "aws:sagemaker/trainingJob:TrainingJob"
NEEDED = ("logs:CreateLogStream", "logs:PutLogEvents")


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each role of a training job that lacks a right to write logs."""
    roles = Origins(stack, "aws:iam/role:Role")
    working = {role.urn for job in stack.of_type(JOB) for role in roles.of(job, "roleArn").resources}
    for found in carried(stack):
        if found.role.urn not in working:
            continue
        for one in found.untold:
            yield Undecided(one, found.role.urn)
        allowed = [
            statement
            for holder in found.holders
            for _, statement in documents.statements(holder, Holder.IDENTITY)
            if statement.allows
        ]
        missing = [action for action in NEEDED if not any(one.covers(action) for one in allowed)]
        if missing and not found.untold:
            yield Violation(f"nothing allows {', '.join(missing)}, so that training leaves no logs", found.role.urn)


RULE = Rule(
    id="iam-sagemaker-role-writes-logs",
    title="Training roles may write their logs",
    kind=Kind.STACK,
    types=(*TYPES, JOB),
    paths=(*LABELS, "TrainingJob:roleArn"),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Allow logs:CreateLogStream and logs:PutLogEvents on the SageMaker log groups.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
    frameworks=("Stave TRAINING.LOGGING",),
    seed=("S3",),
    validate=validate,
)
