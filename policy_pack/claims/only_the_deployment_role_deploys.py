"""Approval is worth nothing where somebody deploys beside it: one role a tenant makes what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import deployment_roles, deploys_by_role, tenants_of
from claim import Claim, Kind, Question, Remark

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

CHANGES = (
    "sagemaker:Create*",
    "sagemaker:Update*",
    "sagemaker:Delete*",
    "sagemaker:AddTags",
)
DEPLOYED = ("model", "endpoint-config", "endpoint")
ELSEWHERE = Remark(text="No stage with approval: people deploy.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of each identity of a tenant but its deployment role, for making or changing what runs, tags included."""
    if not deploys_by_role():
        yield ELSEWHERE
        return
    deployers = {role.urn for role in deployment_roles(stack).values()}
    things = tuple(stack.arn("sagemaker", f"{kind}/*") for kind in DEPLOYED)
    for _owner, identity in tenants_of(stack):
        if identity.urn not in deployers:
            query = Query(CHANGES, things, sentence="makes or changes what is deployed")
            yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="only-the-deployment-role-deploys",
    sentence="Where models need approval, nobody of a tenant changes a model or endpoint but its deployment role.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=(
        "that the package which a model names is approved, and is what runs, the deployment compares: IAM cannot",
        "administrators and the emergency role still stop and remove what runs",
    ),
    partner="each-tenant-trains-and-deploys",
)
