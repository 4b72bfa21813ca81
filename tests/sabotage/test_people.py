"""What binds people, loosened one by one."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

PERSON, GROUPS = "components/person.py", "components/people_groups.py"
SIGN_IN, BREAK_GLASS = "components/documents/people_sign_in.py", "components/break_glass.py"

EDITS: dict[str, tuple[tuple[str, str, str], str]] = {
    "a person has no boundary": (
        (
            PERSON,
            (
                "            permissions_boundary=self._args.naming.people_policy_arn"
                "(boundary_of(self._args.groups[0])),\n"
            ),
            "",
        ),
        "iam-human-user-has-boundary",
    ),
    "a person is in no group": (
        (
            PERSON,
            "            groups=[self._args.naming.group_name(group) for group in self._args.groups],\n",
            "            groups=[],\n",
        ),
        "iam-user-belongs-to-a-group",
    ),
    "the second factor is asked only where the key is there": (
        (
            SIGN_IN,
            'when("BoolIfExists", "aws:MultiFactorAuthPresent", "false")',
            'when("Bool", "aws:MultiFactorAuthPresent", "false")',
        ),
        "iam-group-denies-without-mfa",
    ),
    "passwords are short": (
        (GROUPS, "SHORTEST_PASSWORD, REMEMBERED_PASSWORDS = 14, 24", "SHORTEST_PASSWORD, REMEMBERED_PASSWORDS = 8, 24"),
        "iam-password-policy-is-strong",
    ),
    "the alarm is off": (
        (BREAK_GLASS, 'state="ENABLED"', 'state="DISABLED"'),
        "events-rule-is-enabled",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_people_who_are_bound_less(edit: tuple[str, str, str], rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
