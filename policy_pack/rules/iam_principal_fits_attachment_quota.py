"""A principal with a policy too many is refused by AWS in the middle of an update, half of its rights attached.

Counted are managed policies of a role, user or group, the groups of a user, and the inline policies of one principal
together, which IAM measures as one. Where the stack file says that the quota of groups was raised, that counts. What
a budget's action is going to attach counts too: it would fail on the very day that it is for.

Source: IAM User Guide, "IAM and AWS STS quotas".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import documents
import stack_config
from attachments import PATHS
from origins import as_registered
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, integer
from siblings import find
from sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resources import Resource, Stack
    from rule import Findings, Options


@dataclass(frozen=True)
class Principal:
    """A kind of principal, what attaches to it, and by which properties those say to whom."""

    type: str
    single: str
    exclusive: str
    inline: str
    by: str
    by_name: str
    total: str


ROLE, USER, GROUP = "aws:iam/role:Role", "aws:iam/user:User", "aws:iam/group:Group"
MEMBERSHIP = "aws:iam/userGroupMembership:UserGroupMembership"
BUDGET_ACTION, BY_BUDGET = "aws:budgets/budgetAction:BudgetAction", "definition.iamActionDefinition"
KINDS = (
    Principal(
        ROLE,
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "aws:iam/rolePolicy:RolePolicy",
        "role",
        "roleName",
        "roleInlineTotalMax",
    ),
    Principal(
        USER,
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
        "aws:iam/userPolicy:UserPolicy",
        "user",
        "userName",
        "userInlineTotalMax",
    ),
    Principal(
        GROUP,
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
        "aws:iam/groupPolicy:GroupPolicy",
        "group",
        "groupName",
        "groupInlineTotalMax",
    ),
)


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each quota that a principal exceeds."""
    coming = _by_budgets(stack)
    for kind in KINDS:
        most = max(int(options["maxAttachments"]), stack_config.policies_per_group() if kind.type == GROUP else 0)
        single, inline = (find(stack, (kind.type,), (one,), kind.by) for one in (kind.single, kind.inline))
        lists = find(stack, (kind.type,), (kind.exclusive,), kind.by_name)
        for principal in single.parents:
            attaching = (*single.of[principal.urn], *lists.of[principal.urn])
            count = _attached((*attaching, *((principal,) if kind.type == ROLE else ())))
            later = len(coming.get((kind.type, str(principal.read("name").value)), ()))
            if count + later > most:
                others = f", {later} more by budgets" if later else ""
                yield Violation(f"{count} managed policies are attached{others}, and {most} are allowed", principal.urn)
            total = _size((principal, *inline.of[principal.urn]))
            if total > options[kind.total]:
                yield Violation(
                    f"inline policies have {total} characters together, {options[kind.total]} are allowed",
                    principal.urn,
                )
        for one in (*single.unattributed, *inline.unattributed):
            yield Undecided(one.read(kind.by), one.urn)
        for one in lists.unattributed:
            yield Undecided(one.read(kind.by_name), one.urn)
    yield from _groups(stack, options)


def _attached(resources: Iterable[Resource]) -> int:
    """Return how many policies are attached; one that is named twice counts once."""
    found = [one for each in resources for one in as_registered(each).each(PATHS[each.type]) if one.given]
    return len({str(one.value) for one in found if not one.unknown}) + sum(one.unknown for one in found)


def _by_budgets(stack: Stack) -> dict[tuple[str, str], set[str]]:
    """Return the policies that budgets attach when they are spent, by the type and the name of the principal."""
    found: dict[tuple[str, str], set[str]] = {}
    for action in map(as_registered, stack.of_type(BUDGET_ACTION)):
        policy = str(action.read(f"{BY_BUDGET}.policyArn").value)
        for kind, path in ((ROLE, "roles"), (USER, "users"), (GROUP, "groups")):
            for name in action.each(f"{BY_BUDGET}.{path}[]"):
                found.setdefault((kind, str(name.value)), set()).add(policy)
    return found


def _size(holders: Iterable[Resource]) -> int:
    return sum(
        size(held) for one in holders for held in documents.held(one, Holder.IDENTITY) if held.document is not None
    )


def _groups(stack: Stack, options: Options) -> Findings:
    found = find(stack, (USER,), (MEMBERSHIP,), "user")
    for user in found.parents:
        count = sum(len(as_registered(one).each("groups[]")) for one in found.of[user.urn])
        if count > options["maxGroups"]:
            yield Violation(f"the user is in {count} groups, and {options['maxGroups']} are allowed", user.urn)


RULE = Rule(
    id="iam-principal-fits-attachment-quota",
    title="No principal has more policies, groups or inline text than the quota",
    kind=Kind.STACK,
    types=tuple(
        dict.fromkeys(
            (
                *(token for one in KINDS for token in (one.type, one.single, one.exclusive, one.inline)),
                MEMBERSHIP,
                BUDGET_ACTION,
            )
        )
    ),
    paths=(
        "Role:managedPolicyArns[]",
        "Role:inlinePolicies[].policy",
        *(f"{one.single.rsplit(':', 1)[-1]}:{path}" for one in KINDS for path in (one.by, "policyArn")),
        *(f"{one.exclusive.rsplit(':', 1)[-1]}:{path}" for one in KINDS for path in (one.by_name, "policyArns[]")),
        *(f"{one.inline.rsplit(':', 1)[-1]}:{path}" for one in KINDS for path in (one.by, "policy")),
        "UserGroupMembership:user",
        "UserGroupMembership:groups[]",
        *(f"BudgetAction:{BY_BUDGET}.{path}" for path in ("policyArn", "roles[]", "users[]", "groups[]")),
    ),
    severity=Severity.LOW,
    remediation="Merge policies, or have AWS raise the quota and say so in the options.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    options={
        "maxAttachments": integer(10, minimum=1),
        "maxGroups": integer(10, minimum=1),
        "roleInlineTotalMax": integer(10240, minimum=1),
        "groupInlineTotalMax": integer(5120, minimum=1),
        "userInlineTotalMax": integer(2048, minimum=1),
    },
    validate=validate,
)
