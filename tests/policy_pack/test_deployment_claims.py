"""The claims of a stack whose models need approval: each road to the deployment role, opened or closed by an edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from catalogue_of_claims import BY_ID
from claim import Verdict
from proving import Prover

from tests.policy_pack.edited_policies import ANYBODY_BECOMES, allowing, edited, people_may, without

if TYPE_CHECKING:
    from collections.abc import Callable

    from environment import StackPolicies

pytestmark = pytest.mark.verify


def verdict(stack: StackPolicies, claim: str) -> Verdict:
    return Prover(stack).decide(BY_ID[claim]).verdict


def without_conditions(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the statements of a trust that asks for names alone."""
    kept = {"ArnEquals": statements[0]["Condition"]["ArnEquals"]}
    return [{**statements[0], "Condition": kept}]


DEPLOYMENT = "deployment-alice-role.assumeRolePolicy"
ROADS: dict[str, tuple[str, Callable[[StackPolicies], StackPolicies]]] = {
    "a road to the role of another tenant": (
        "no-tenant-becomes-somebody-else",
        lambda stack: edited(people_may(stack, "sts:AssumeRole"), DEPLOYMENT, lambda old: [*old, ANYBODY_BECOMES]),
    ),
    "a deployer who approves": (
        "authors-approve-nothing",
        lambda stack: people_may(stack, "sagemaker:UpdateModelPackage"),
    ),
    "the road of a deployer, without its second factor": (
        "deployments-have-named-people",
        lambda stack: edited(people_may(stack, "sts:AssumeRole"), DEPLOYMENT, without_conditions),
    ),
    "no road at all": (
        "each-tenant-trains-and-deploys",
        lambda stack: edited(stack, "people-policies-deployment", lambda _: allowing("sts:GetCallerIdentity")([])),
    ),
    "a role that makes no model": (
        "each-tenant-trains-and-deploys",
        lambda stack: edited(stack, "tenants-deployment", without("DeployOwnPackage")),
    ),
    "a trust without people": (
        "each-tenant-trains-and-deploys",
        lambda stack: edited(stack, DEPLOYMENT, lambda old: [{**old[0], "Effect": "Deny"}]),
    ),
}


@pytest.mark.parametrize(("claim", "broken"), ROADS.values(), ids=ROADS)
def test_a_claim_holds_the_road_to_the_deployment_role(
    claim: str, broken: Callable[[StackPolicies], StackPolicies], prod: StackPolicies
) -> None:
    assert verdict(broken(prod), claim) is Verdict.COUNTEREXAMPLE


def test_a_tenant_whose_deployment_role_is_gone_is_missed(prod: StackPolicies) -> None:
    kept = tuple(one for one in prod.identities if one.name != "ml-prod-alice-deployment")
    assert verdict(replace(prod, identities=kept), "each-tenant-trains-and-deploys") is Verdict.COUNTEREXAMPLE
