"""A user in no group escapes the rule that asks for a second factor, which groups carry.

Source: IAM User Guide, "IAM user groups"; AWS Security Hub, control IAM.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

USER = "aws:iam/user:User"
OF_USER, OF_GROUP = "aws:iam/userGroupMembership:UserGroupMembership", "aws:iam/groupMembership:GroupMembership"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each user whom no membership puts into a group."""
    found = find(stack, (USER,), (OF_USER,), "user")
    by_group = {str(each.value) for one in stack.of_type(OF_GROUP) for each in one.each("users[]") if each.present}
    for user in found.parents:
        name = user.read("name")
        if name.present and str(name.value) in (by_group | set(options.texts("exemptUsers"))):
            continue
        lists = [as_registered(one) for one in found.of[user.urn]]
        unknown = [each for one in lists for each in one.each("groups[]") if each.unknown]
        for each in unknown:
            yield Undecided(each, user.urn)
        if not unknown and not any(each.present for one in lists for each in one.each("groups[]")):
            yield Violation("no membership of this stack puts the user into a group", user.urn)
    for one in found.unattributed:
        yield Undecided(one.read("user"), one.urn)


RULE = Rule(
    id="iam-user-belongs-to-a-group",
    title="Each user is in a group",
    kind=Kind.STACK,
    types=(USER, OF_USER, OF_GROUP),
    paths=("User:name", "UserGroupMembership:user", "UserGroupMembership:groups[]", "GroupMembership:users[]"),
    severity=Severity.HIGH,
    remediation="Give the user a UserGroupMembership with at least one group.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
    frameworks=("CKV2_AWS_21", "Config IAM_USER_GROUP_MEMBERSHIP_CHECK"),
    options={"exemptUsers": texts()},
    seed=("S0", "S1"),
    mirrored_by=("runtime audit",),
    validate=validate,
)
