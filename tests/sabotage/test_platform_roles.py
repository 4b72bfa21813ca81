"""Roles of the platform to which something might be attached by hand: their lists taken away one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sabotage.program import Edit

pytestmark = pytest.mark.verify

ROLES, BASTION, EMERGENCY = "components/roles.py", "components/bastion_role.py", "components/break_glass.py"
LISTED = "iam-platform-role-is-exclusive"
INLINE = '        hold_inline_only(owner, f"{stem}-role", role, [policy]),\n'
MANAGED = '        attach_only(owner, f"{stem}-role", role, []),\n'

EDITS: dict[str, tuple[Edit, str]] = {
    "what is attached to a service's role stays": ((ROLES, MANAGED, ""), LISTED),
    "what is written into a service's role stays": ((ROLES, INLINE, ""), LISTED),
    "a policy of somebody else's may stay in a service's role": (
        (ROLES, "policy_names=[policy.name for policy in policies]", 'policy_names=["by-hand"]'),
        LISTED,
    ),
    "each update removes the right of a service's role": ((ROLES, "role, [policy])", "role)"), LISTED),
    "a service's role has a policy of AWS beside its own": (
        (ROLES, MANAGED, MANAGED.replace("[]", '["arn:aws:iam::aws:policy/ReadOnlyAccess"]')),
        "iam-attachment-uses-listed-aws-policies",
    ),
    "what is attached to the bastion's role stays": (
        (BASTION, "        attach_only(self, name, self._role, [])\n", ""),
        LISTED,
    ),
    "what is written into the bastion's role stays": (
        (BASTION, "        hold_inline_only(self, name, self._role, [self._grants])\n", ""),
        LISTED,
    ),
    "what is written into the emergency role stays": (
        (EMERGENCY, "        hold_inline_only(self, name, self._role)\n", ""),
        LISTED,
    ),
    "flow logs begin before their role may write": (
        ("components/network_logs.py", "opts=self.child_options(depends_on=rights)", "opts=self.child_options()"),
        "iam-role-user-waits-for-its-policies",
    ),
    "budgets act before their role may": (
        ("components/budget_stop.py", "[self._policy, *self._ready, *names.named]", "[self._policy, *names.named]"),
        "iam-role-user-waits-for-its-policies",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_roles_to_which_more_may_be_attached(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_refuses_a_trail_that_begins_before_its_role_may_write(sabotage: Any) -> None:
    retired = "  closed-sagemaker:retired: []\n"
    verdict = sabotage(
        ("Pulumi.dev.yaml", retired, retired + "  closed-sagemaker:audit: {trail-log-group: true}\n"),
        ("components/audit_trail.py", "depends_on=[*buckets, *first]", "depends_on=buckets"),
    )
    assert verdict.refusals() == {"iam-role-user-waits-for-its-policies"}
    assert verdict.exit_code == 1
