"""What binds the deployment role, loosened one by one: a rule refuses it, or a claim names the request."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

ROLES = "components/roles.py"
ROLE, DOCUMENT = "components/deployment_role.py", "components/documents/deployment.py"
NAMED = '                when("ArnEquals", "aws:PrincipalArn", *deployers),\n'

RULES: dict[str, tuple[tuple[str, str, str], str]] = {
    "the role has no boundary": (
        (ROLE, "            permissions_boundary=naming.tenant_policy_arn(DEPLOYMENT),\n", ""),
        "iam-tenant-role-has-boundary",
    ),
    "the role has the boundary of workloads": (
        (
            ROLE,
            "permissions_boundary=naming.tenant_policy_arn(DEPLOYMENT)",
            'permissions_boundary=naming.tenant_policy_arn("boundary")',
        ),
        "iam-tenant-role-has-boundary",
    ),
    "sessions last a day's work": ((ROLES, "ONE_HOUR = 3600", "ONE_HOUR = 28800"), "iam-role-session-is-short"),
    "the role carries no perimeter": (
        (
            "components/documents/tenant_documents.py",
            '(*GUARDRAILS, "perimeter", "stage", DEPLOYMENT)',
            '(*GUARDRAILS, "stage", DEPLOYMENT)',
        ),
        "iam-tenant-role-carries-guardrails",
    ),
    "the role carries no limits of the stage": (
        (
            "components/documents/tenant_documents.py",
            '(*GUARDRAILS, "perimeter", "stage", DEPLOYMENT)',
            '(*GUARDRAILS, "perimeter", DEPLOYMENT)',
        ),
        "iam-tenant-role-carries-guardrails",
    ),
    "what is written into the role by hand stays": (
        (ROLE, "        hold_inline_only(self, name, self._role)\n", ""),
        "iam-tenant-role-is-exclusive",
    ),
    "the role lies among another tenant's": (
        (ROLE, "path=naming.deployment_path(self._args.tenant)", 'path=naming.deployment_path("bob")'),
        "iam-tenant-role-path-is-own",
    ),
    "the role lies among what tenants pass": (
        ("components/naming.py", 'return f"/deployment/{user}/"', 'return f"/tenants/{user}/"'),
        "iam-sagemaker-role-trusts-sagemaker",
    ),
    "everybody of the tenant takes it on": ((DOCUMENT, NAMED, ""), "iam-deployment-role-is-bound"),
    "people of other tenants take it on": (
        ("wiring/deployment.py", "if each.tenant == tenant and Group.MLOPS", "if Group.MLOPS"),
        "iam-deployment-role-is-bound",
    ),
    "approvers take it on": (
        ("wiring/deployment.py", "Group.MLOPS in each.groups", "Group.APPROVERS in each.groups"),
        "iam-deployment-role-is-bound",
    ),
    "the tenant is not asked for": (
        (DOCUMENT, '                when("StringEquals", "aws:PrincipalTag/user", tenant),\n', ""),
        "iam-deployment-role-is-bound",
    ),
    "sessions are called anything": (
        (DOCUMENT, '                when("StringEquals", "sts:RoleSessionName", OWN_NAME),\n', ""),
        "iam-deployment-role-is-bound",
    ),
    "no second factor": (
        (
            DOCUMENT,
            (
                f'{NAMED}                when("StringEquals", "sts:RoleSessionName", OWN_NAME),\n'
                "                with_mfa(FRESH_MFA),\n"
            ),
            NAMED,
        ),
        "iam-role-trust-requires-mfa",
    ),
    "the notebook role is passed to SageMaker": (
        (DOCUMENT, "resources=(scope.own_job_role_arn(),)", 'resources=(scope.naming.iam_arn("role/*"),)'),
        "iam-pass-role-uses-tenant-path",
    ),
    "the role exists before its people": (
        (ROLE, "depends_on=[self._args.policies, *self._args.named]", "depends_on=[self._args.policies]"),
        "pulumi-named-resource-is-a-dependency",
    ),
}

CLAIMS: dict[str, tuple[tuple[str, str, str], str]] = {
    "a notebook deploys beside it": (
        ("components/documents/stage.py", ", only_the_deployment_role_deploys(scope)", ""),
        "only-the-deployment-role-deploys",
    ),
    "its people take it on from outside": (
        (
            "components/documents/people_sign_in.py",
            'OUTSIDE = ("iam:PassRole",',
            'OUTSIDE = ("iam:PassRole", "sts:AssumeRole",',
        ),
        "deployments-have-named-people",
    ),
    "nobody can take it on": (
        (
            "components/documents/endpoints.py",
            '"sts" or not scope.users_deploy_by_role:',
            '"sts" or scope.users_deploy_by_role:',
        ),
        "each-tenant-trains-and-deploys",
    ),
}


PROD = "Pulumi.prod.yaml"
FEDERATED = (
    (
        PROD,
        "  closed-sagemaker:people:\n",
        (
            "  closed-sagemaker:federation:\n"
            "    provider: arn:aws:iam::111122223333:saml-provider/corp\n"
            "    audience: https://signin.aws.amazon.com/saml\n"
            "  closed-sagemaker:people:\n"
        ),
    ),
    *(
        (PROD, f"    {name}: {{", f"    {name}: {{subject: {name}@example.com, ")
        for name in ("marc", "april", "mia", "boris", "diana", "adam", "audrey")
    ),
)


def test_where_people_federate_the_same_stack_holds(sabotage: Any) -> None:
    verdict = sabotage(*FEDERATED, stack="prod", claims=True)
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0


def test_where_people_federate_an_approver_in_the_trust_is_refused(sabotage: Any) -> None:
    edit = ("wiring/deployment.py", "Group.MLOPS in each.groups", "Group.APPROVERS in each.groups")
    assert "iam-deployment-role-is-bound" in sabotage(*FEDERATED, edit, stack="prod").refusals()


@pytest.mark.parametrize(("edit", "rule"), RULES.values(), ids=RULES)
def test_the_pack_refuses_a_deployment_role_that_is_bound_less(
    edit: tuple[str, str, str], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(edit, stack="prod")
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("edit", "claim"), CLAIMS.values(), ids=CLAIMS)
def test_a_claim_notices_a_road_around_the_deployment_role(
    edit: tuple[str, str, str], claim: str, sabotage: Any
) -> None:
    verdict = sabotage(edit, stack="prod", claims=True)
    assert "claims-hold" in verdict.refusals()
    assert [row["verdict"] for row in verdict.run["claims"] if row["id"] == claim] == ["counterexample"]
    assert verdict.exit_code == 1
