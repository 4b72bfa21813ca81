"""Lists of all that a principal holds, and what stands beside them: AWS keeps the list that was applied last.

Such a list takes away what it does not name, at each update. Two lists of one principal, or a policy that is given
beside the list, take turns: nobody can say which Denies the principal carries, so nothing may be proved about it.

Source: Pulumi registry, aws.iam: the types ``…PolicyAttachmentsExclusive``, ``…PoliciesExclusive``, `Role` with
`managedPolicyArns` or `inlinePolicies`, and `GroupMembership`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exclusive_lists import INLINE, MANAGED, ROLE
from origins import as_registered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resources import Stack

USER, GROUP = "aws:iam/user:User", "aws:iam/group:Group"


@dataclass(frozen=True)
class Kind:
    """One kind of list: whose it is, where it says so, what it names, and what gives one policy more beside it."""

    holder: str
    lists: tuple[tuple[str, str, str], ...]
    single: tuple[str, str, str]


KINDS = (
    Kind(
        ROLE,
        (
            (MANAGED, "roleName", "policyArns"),
            (ROLE, "name", "managedPolicyArns"),
        ),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", "policyArn"),
    ),
    Kind(
        ROLE,
        (
            (INLINE, "roleName", "policyNames"),
            (ROLE, "name", "inlinePolicies"),
        ),
        ("aws:iam/rolePolicy:RolePolicy", "role", "name"),
    ),
    Kind(
        USER,
        (("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", "userName", "policyArns"),),
        ("aws:iam/userPolicyAttachment:UserPolicyAttachment", "user", "policyArn"),
    ),
    Kind(
        USER,
        (("aws:iam/userPoliciesExclusive:UserPoliciesExclusive", "userName", "policyNames"),),
        ("aws:iam/userPolicy:UserPolicy", "user", "name"),
    ),
    Kind(
        GROUP,
        (("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", "groupName", "policyArns"),),
        ("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "group", "policyArn"),
    ),
    Kind(
        GROUP,
        (("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", "groupName", "policyNames"),),
        ("aws:iam/groupPolicy:GroupPolicy", "group", "name"),
    ),
    Kind(
        GROUP,
        (("aws:iam/groupMembership:GroupMembership", "group", "users"),),
        ("aws:iam/userGroupMembership:UserGroupMembership", "groups[]", "user"),
    ),
)


def called(name: str) -> str:
    """Return a name as IAM compares names of principals: in small letters.

    Source: IAM User Guide, "IAM identifiers": names are not distinguished by case.
    """
    return name.lower()


def conflicts(stack: Stack) -> Iterator[tuple[str, str | None, str]]:
    """Yield what nobody can decide: the type of the holder, its name in small letters or None, and the problem."""
    for kind in KINDS:
        found: dict[str, list[_List]] = {}
        for holder, one in _lists(stack, kind):
            if holder is None:
                yield kind.holder, None, f"{one.name} lists all that somebody who is not known yet holds"
            else:
                found.setdefault(called(holder), []).append(one)
        for holder, lists in found.items():
            if len(lists) > 1:
                both = " and ".join(sorted(one.name for one in lists))
                text = f"{both} each list all that {holder} holds: one takes away what the other gives"
                yield kind.holder, holder, text
        yield from _beside(stack, kind, found)


@dataclass(frozen=True)
class _List:
    name: str
    entries: frozenset[str]


def _lists(stack: Stack, kind: Kind) -> Iterator[tuple[str | None, _List]]:
    """Yield the lists of one kind with the names of their holders; roles without a list inside are none."""
    for token, whose, what in kind.lists:
        each = f"{what}[].name" if what == "inlinePolicies" else f"{what}[]"
        for one in stack.of_type(token):
            given = as_registered(one)
            name = given.read(whose).value
            if token != ROLE or (given.read(what).given and isinstance(name, str)):
                entries = frozenset(called(found.value) for found in given.each(each) if isinstance(found.value, str))
                yield name if isinstance(name, str) else None, _List(one.name, entries)


def _beside(stack: Stack, kind: Kind, lists: Mapping[str, list[_List]]) -> Iterator[tuple[str, str, str]]:
    """Yield what is given beside a list that does not name it."""
    token, whose, what = kind.single
    for one in stack.of_type(token):
        given = as_registered(one)
        value = given.read(what).value
        for holder in (called(each.value) for each in given.each(whose) if isinstance(each.value, str)):
            for by in lists.get(holder, ()):
                if not isinstance(value, str) or called(value) not in by.entries:
                    yield kind.holder, holder, f"{by.name} takes away what {one.name} gives {holder}"
