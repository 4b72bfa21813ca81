"""A notebook that its tenant cannot open, start or stop serves nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import declared_without_person, openers_of
from claim import Broken, Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

STEPS = (
    "sagemaker:DescribeNotebookInstance",
    "sagemaker:StartNotebookInstance",
    "sagemaker:StopNotebookInstance",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
)


def ask(stack: StackPolicies) -> Iterator[Question | Broken]:
    """Ask whether who opens a tenant's notebook can see, start, stop and open it through the endpoints."""
    if "notebooks" not in stack_config.features():
        return
    yield from declared_without_person(stack)
    notebook = stack.arn("sagemaker", "notebook-instance/*")
    for owner, identity in openers_of(stack):
        for action in STEPS:
            query = Query(action, notebook, {"aws:ResourceTag/user": owner}, sentence=f"{action} of its own")
            yield Question(identity=identity, query=query, endpoints=True)


CLAIM = Claim(
    id="each-tenant-opens-its-notebook",
    sentence="Each tenant sees, starts, stops and opens its own notebook.",
    kind=Kind.LIVENESS,
    ask=ask,
)
