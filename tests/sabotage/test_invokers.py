"""What binds the role that calls a tenant's endpoints, loosened one by one: a rule or a claim refuses it."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

ROLE, DOCUMENT = "components/invoking_role.py", "components/documents/invoking.py"
NAMED = 'when("ArnEquals", "aws:PrincipalArn", *invoker.roles)'

RULES: dict[str, tuple[tuple[str, str, str], str]] = {
    "anybody of the account takes it on": (
        (DOCUMENT, NAMED, 'when("ArnLike", "aws:PrincipalArn", "*")'),
        "iam-invoking-role-is-bound",
    ),
    "another role takes it on": (
        (DOCUMENT, NAMED, 'when("ArnEquals", "aws:PrincipalArn", scope.naming.iam_arn("role/other"))'),
        "iam-invoking-role-is-bound",
    ),
    "the role has no boundary": (
        (ROLE, "            permissions_boundary=naming.invoking_policy_arn(invoker.name),\n", ""),
        "iam-tenant-role-has-boundary",
    ),
    "the role carries no perimeter": (
        (DOCUMENT, '(*GUARDRAILS, "perimeter")', "GUARDRAILS"),
        "iam-tenant-role-carries-guardrails",
    ),
    "the role lies among another tenant's": (
        (ROLE, "path=naming.invoking_path(invoker.tenant)", 'path=naming.invoking_path("bob")'),
        "iam-tenant-role-path-is-own",
    ),
    "the role lies among what tenants pass": (
        ("components/naming.py", 'return f"/invokers/{user}/"', 'return f"/tenants/{user}/"'),
        "iam-sagemaker-role-trusts-sagemaker",
    ),
}
CLAIMS: dict[str, tuple[str, str, str]] = {
    "every endpoint of the tenant is called": (
        DOCUMENT,
        'tuple(scope.naming.sagemaker_arn(f"endpoint/{name}") for name in invoker.endpoints)',
        'scope.sagemaker_arns("endpoint")',
    ),
    "calls read objects of the caller's choice": (
        DOCUMENT,
        '"InvokeEndpoint", "InvokeEndpointWithResponseStream"',
        '"InvokeEndpoint", "InvokeEndpointAsync"',
    ),
}


@pytest.mark.parametrize(("edit", "rule"), RULES.values(), ids=RULES)
def test_the_pack_refuses_a_caller_of_endpoints_that_is_bound_less(
    edit: tuple[str, str, str], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(edit, stack="prod")
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize("edit", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_notices_a_caller_that_does_more_than_its_list(edit: tuple[str, str, str], sabotage: Any) -> None:
    verdict = sabotage(edit, stack="prod", claims=True)
    rows = {row["id"]: row["verdict"] for row in verdict.run["claims"]}
    assert rows["invokers-call-what-is-listed"] == "counterexample"
    assert verdict.exit_code == 1
