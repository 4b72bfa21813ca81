"""Whoever is put into a group of administrators by hand stays one, unless the stack lists the members as a whole.

A membership of a single user beside such a list would be removed and made again in turn.

Source: Pulumi registry, aws.iam.GroupMembership (the whole list) and aws.iam.UserGroupMembership (adds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import matches
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

GROUP = "aws:iam/group:Group"
WHOLE, SINGLE = "aws:iam/groupMembership:GroupMembership", "aws:iam/userGroupMembership:UserGroupMembership"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each group that must be closed and has no one whole list, and for each way around it."""
    lists = find(stack, (GROUP,), (WHOLE,), "group")
    for group in lists.parents:
        name = group.read("name")
        if name.unknown:
            yield Undecided(name, group.urn)
        count = len(lists.of[group.urn])
        if count != 1 and (count or _is_closed(str(name.value), options)):
            yield Violation(f"{count} resources list the members of the group, not one", group.urn)
    for one in lists.unattributed:
        yield Undecided(one.read("group"), one.urn)
    for one in stack.of_type(SINGLE):
        for found in as_registered(one).each("groups[]"):
            if found.unknown:
                yield Undecided(found, one.urn)
            elif _is_closed(str(found.value), options):
                yield Violation(f"{found.where} adds a user to a group whose members are listed as a whole", one.urn)


def _is_closed(name: str, options: Options) -> bool:
    return any(matches(pattern, name) for pattern in options.texts("closedGroups"))


RULE = Rule(
    id="iam-group-membership-is-closed",
    title="The members of the platform's groups are listed as a whole",
    kind=Kind.STACK,
    types=(GROUP, WHOLE, SINGLE),
    paths=("Group:name", "GroupMembership:group", "UserGroupMembership:groups[]"),
    severity=Severity.HIGH,
    remediation="Give the group one GroupMembership with all its users, and no UserGroupMembership.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/groupmembership/",
    options={"closedGroups": texts("*-administrators", "*-auditors")},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
