"""Whoever serves another tenant's model, or adds to another's group of packages, uses its work without its knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Contains, Like, Missing, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OF_A_MODEL = ("sagemaker:CreateEndpointConfig", "sagemaker:CreateTransformJob", "sagemaker:CreateInferenceComponent")


MADE = ("sagemaker:CreateModelPackageGroup",)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for a deployment of another's model or none named, and of another's parts."""
    for owner, identity in tenants_of(stack):
        own = stack.arn("sagemaker", f"model/{owner}--*")
        others = Contains(Like("arn:*:*:*:*:*").but(own))
        for model, sentence in ((others, "serves another's model"), (Missing, "serves a model that is not named")):
            query = Query(OF_A_MODEL, context={"sagemaker:ModelArn": model}, sentence=sentence)
            yield Question(identity=identity, query=query)
        named = Query("sagemaker:CreateModel", Like("arn:*").but(own), sentence="gives a model another's name")
        yield Question(identity=identity, query=named)
        foreign = {"aws:ResourceTag/user": OtherThan(owner).or_missing()}
        groups = stack.arn("sagemaker", "model-package-group/*")
        looked = Query("sagemaker:*ModelPackageGroup", groups, foreign, but=MADE, sentence="touches another's group")
        yield Question(identity=identity, query=looked)
        for kind, action in (("endpoint-config", "CreateEndpoint"), ("model-package-group", "CreateModelPackage")):
            things = stack.arn("sagemaker", f"{kind}/*")
            query = Query(f"sagemaker:{action}", things, foreign, sentence=f"builds on another's {kind}")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-tenant-deploys-anothers-model",
    sentence="No tenant serves another tenant's model, deploys its configuration or adds to its packages.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-does-its-work",
)
