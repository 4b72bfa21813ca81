"""What binds people, loosened one by one."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

TRUST, FEDERATED_PERSON = "components/documents/federation.py", "components/federated_person.py"
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
        ("components/alarm.py", 'state="ENABLED"', 'state="DISABLED"'),
        "events-rule-is-enabled",
    ),
    "passwords never grow old": (
        (GROUPS, "            max_password_age=OLDEST_PASSWORD,\n", ""),
        "iam-password-policy-is-strong",
    ),
    "administrators are added one by one": (
        (
            PERSON,
            "        if args.tenant:\n            self._create_membership()\n",
            "        self._create_membership()\n",
        ),
        "iam-group-membership-is-closed",
    ),
    "nobody lists the administrators": (
        ("wiring/people.py", '    PlatformMembers("platform-members", members, site.options)\n', ""),
        "iam-group-membership-is-closed",
    ),
    "the emergency role asks for no second factor": (
        ("components/documents/break_glass.py", "                with_mfa(FRESH_MFA),\n", ""),
        "iam-role-trust-requires-mfa",
    ),
    "the emergency role takes an old second factor": (
        (
            "components/documents/break_glass.py",
            "                with_mfa(FRESH_MFA),\n",
            "                with_mfa(43200),\n",
        ),
        "iam-role-trust-requires-mfa",
    ),
    "the emergency role has no boundary": (
        (
            BREAK_GLASS,
            "            permissions_boundary=self._args.scope.naming.people_policy_arn(BREAK_GLASS),\n",
            "",
        ),
        "iam-role-trust-requires-mfa",
    ),
    "nobody hears of the emergency": (
        (
            BREAK_GLASS,
            "self._topic = self._create_alarm()",
            'self._topic = aws.sns.Topic("told", opts=self.child_options())',
        ),
        "iam-emergency-role-raises-alarm",
    ),
    "the alarm waits for another role": (
        (
            "components/documents/alarms.py",
            '"requestParameters": {"roleArn": [scope.break_glass_arn()]},',
            '"requestParameters": {"roleArn": [scope.naming.iam_arn("role/other")]},',
        ),
        "iam-emergency-role-raises-alarm",
    ),
    "people make keys for anybody": (
        (
            SIGN_IN,
            "        actions=OWN_KEYS,\n        resources=(own_user_arn(scope),),",
            "        actions=OWN_KEYS,\n        resources=ANYTHING,",
        ),
        "iam-self-service-names-own-user",
    ),
}


FEDERATED: dict[str, tuple[tuple[str, str, str], str]] = {
    "nobody hears of an emergency that begins at the provider": (
        (
            "components/documents/alarms.py",
            'scope.federation.action.removeprefix("sts:") if scope.federation else "AssumeRole"',
            '"AssumeRole"',
        ),
        "iam-emergency-role-raises-alarm",
    ),
    "the provider's people bring tags of their own": (
        (
            TRUST,
            "            actions=(federation.action,),\n",
            '            actions=(federation.action, "sts:TagSession"),\n',
        ),
        "iam-role-trust-forbids-session-tags",
    ),
    "any audience": (
        (TRUST, '                when("StringEquals", f"{claims}:aud", federation.audience),\n', ""),
        "iam-role-trust-guards-federation",
    ),
    "any subject that begins alike": (
        (
            TRUST,
            'when("StringEquals", f"{claims}:sub", *subjects)',
            'when("StringLike", f"{claims}:sub", "*@example.com")',
        ),
        "iam-federated-person-is-bound",
    ),
    "a federated person has no boundary": (
        (
            FEDERATED_PERSON,
            (
                "            permissions_boundary=self._args.naming.people_policy_arn"
                "(boundary_of(self._args.groups[0])),\n"
            ),
            "",
        ),
        "iam-federated-person-is-bound",
    ),
    "a federated person carries no bounds": (
        (
            FEDERATED_PERSON,
            "for purpose in args.carried]",
            'for purpose in args.carried if "bounds" not in purpose]',
        ),
        "iam-tenant-role-carries-guardrails",
    ),
    "a federated person lies among workloads": (
        ("components/naming.py", 'return "/people/"', 'return "/tenants/alice/"'),
        "iam-tenant-role-has-boundary",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), FEDERATED.values(), ids=FEDERATED)
def test_the_pack_refuses_federated_people_who_are_bound_less(
    edit: tuple[str, str, str], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(edit, stack="federated")
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_people_who_are_bound_less(edit: tuple[str, str, str], rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
