"""Ownership is a tag: whoever changes it on a thing owns the thing."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from asking import OWNER, tenants_of
from claim import Claim, Kind, Question

from iamproof import AnyString, Contains, Equals, Missing, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


TAGGING = ("sagemaker:AddTags", "sagemaker:DeleteTags")
UNTAGGED = ("sagemaker:CreateModelPackage",)
"""A version in a group takes no tags: SageMaker refuses the argument (API reference, CreateModelPackage)."""
OWNED = (
    "sagemaker:CreateEndpoint",
    "sagemaker:CreateEndpointConfig",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateModel",
    "sagemaker:CreateModelPackageGroup",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateTransformJob",
)
"""What tenants make that is given an owner."""
LOOKALIKES = tuple(spelled for spelled in map("".join, product("uU", "sS", "eE", "rR")) if spelled != OWNER)
"""Other spellings of the owner's key: IAM takes them for the same, SageMaker for another tag."""
OTHER_TAGGING = ("tag:*", "iam:Tag*", "iam:Untag*", "s3:PutBucketTagging", "ec2:CreateTags", "ec2:DeleteTags")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for a change of the owner's tag after creation, for a creation on behalf of another, and for other ways."""
    for owner, identity in tenants_of(stack):
        later = {"aws:TagKeys": Contains("user"), "sagemaker:TaggingAction": Missing}
        yield Question(identity=identity, query=Query(TAGGING, context=later, sentence="changes an owner's tag"))
        of_another = {"aws:RequestTag/user": OtherThan(owner)}
        query = Query("sagemaker:Create*", context=of_another, but=UNTAGGED, sentence="makes a thing in another's name")
        yield Question(identity=identity, query=query)
        yield Question(identity=identity, query=Query(OTHER_TAGGING, sentence="tags by another service"))
        made = {"sagemaker:TaggingAction": AnyString, "aws:ResourceTag/user": Missing}
        made |= {"aws:RequestTag/user": OtherThan(owner).or_missing()}
        query = Query("sagemaker:AddTags", context=made, sentence="tags what it makes without the own name")
        yield Question(identity=identity, query=query)
        unnamed = {"aws:TagKeys": Missing, "sagemaker:TaggingAction": Missing}
        yield Question(identity=identity, query=Query(TAGGING, context=unnamed, sentence="tags by keys nobody names"))
        alike = {"aws:TagKeys": Contains(Equals(*LOOKALIKES))}
        query = Query("sagemaker:*", context=alike, sentence="tags by a key that looks like the owner's")
        yield Question(identity=identity, query=query)
        for missing in ({"aws:TagKeys": OtherThan("user")}, {"aws:TagKeys": Missing}, {"aws:RequestTag/user": Missing}):
            query = Query(OWNED, context=missing, sentence="makes a thing without the owner's tag as it is written")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="owner-tag-is-frozen",
    sentence="No tenant changes the owner of a thing, nor makes a thing in another's name.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-trains-and-deploys",
)
