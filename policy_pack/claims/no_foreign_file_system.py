"""A mounted file system is a way to read what a bucket policy would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import AnyString, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


MOUNTING = ("sagemaker:CreateTrainingJob", "sagemaker:CreateHyperParameterTuningJob")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for a job that mounts a file system; this platform's jobs mount none."""
    for _owner, identity in tenants_of(stack):
        query = Query(MOUNTING, context={"sagemaker:FileSystemId": AnyString}, sentence="mounts a file system")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-foreign-file-system",
    sentence="No tenant mounts a file system of somebody else.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
