"""Rights that reach somebody past the resources that bind him: by a name, a group of elsewhere, or a second list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import Edit, added

pytestmark = pytest.mark.verify

NAMED = "[*people.users.values(), *tenants.access.values()]"
AFTER = f"opts=pulumi.ResourceOptions(provider=provider, depends_on={NAMED})"
ACCOUNT = "arn:aws:iam::111122223333"
WORK = f'"{ACCOUNT}:policy/ml-dev-tenant-work"'

EDITS: dict[str, Edit] = {
    "a person joins a group of elsewhere": added(
        f'aws.iam.UserGroupMembership("more", user="ml-dev-ann", groups=["Administrators"], {AFTER})'
    ),
    "a group of elsewhere lists a person": added(
        f'aws.iam.GroupMembership("more", group="Administrators", users=["ml-dev-ann"], {AFTER})'
    ),
    "a role's list is written in other letters": added(
        'aws.iam.RolePolicyAttachmentsExclusive("more", role_name="ML-DEV-alice-notebook",'
        f" policy_arns=[{WORK}], {AFTER})"
    ),
    "a role of elsewhere gets a policy": added(
        f'aws.iam.RolePolicyAttachment("more", role="elsewhere", policy_arn={WORK}, {AFTER})'
    ),
    "a group's policy is written in other letters": added(
        'aws.iam.GroupPolicy("more", group="ML-DEV-engineers", policy=\'{"Version": "2012-10-17", "Statement": [{"Sid":'
        f' "More", "Effect": "Allow", "Action": "sagemaker:ListModels", "Resource": "*"}}]}}\', {AFTER})'
    ),
}
LISTS: dict[str, tuple[Edit, str]] = {
    "a group has a shorter list beside its own": (
        added(
            'aws.iam.GroupPolicyAttachmentsExclusive("more", group_name="ml-dev-engineers",'
            f' policy_arns=["{ACCOUNT}:policy/ml-dev-people-self"], {AFTER})'
        ),
        "each list all that ml-dev-engineers holds",
    ),
    "a whole list leaves out who joins by himself": (
        added(f'aws.iam.GroupMembership("more", group="ml-dev-engineers", users=[], {AFTER})'),
        "more takes away what person-ann-",
    ),
    "a second resource makes a policy of all tenants": (
        added(
            'import json\nsaid = {"Version": "2012-10-17", "Statement": [{"Sid": "Look", "Effect": "Allow",'
            ' "Action": ["sagemaker:ListModels"], "Resource": ["*"]}]}\n'
            'planned = {"aws:iam/policy:Policy|again|policy": said}\n'
            'planner = pulumi.ComponentResource("closed-sagemaker:tenant:More", "planner",'
            ' {"plannedDocuments": planned, "plannedReferences": {}})\n'
            'aws.iam.Policy("again", name="ml-dev-tenant-tenancy", policy=json.dumps(said), tags={"user": "platform"},'
            f" opts=pulumi.ResourceOptions(provider=provider, parent=planner, depends_on={NAMED}))"
        ),
        f"two resources of the stack make the policy {ACCOUNT}:policy/ml-dev-tenant-tenancy",
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_the_pack_refuses_rights_of_somebody_it_does_not_see(edit: Edit, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert "iam-policy-holder-is-made-here" in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("edit", "says"), LISTS.values(), ids=LISTS)
def test_claims_are_undecided_where_one_resource_undoes_another(edit: Edit, says: str, sabotage: Any) -> None:
    verdict = sabotage(edit, claims=True)
    assert verdict.refusals() == {"claims-hold"}
    said = [row["message"] for row in verdict.run["diagnostics"] if row["policy"] == "claims-hold"]
    assert any("is undecided" in message and says in message for message in said), said
    assert verdict.exit_code == 1
