"""Lists that take away what something else gives: nothing is proved of whoever holds by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.policy_pack.harness import UNKNOWN
from tests.policy_pack.small_stacks import READ, WORK_ARN, names, only, read, resource, role, user, work

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

MANAGED, INLINE = "PolicyAttachmentsExclusive", "PoliciesExclusive"
ROLE_NAME, ENGINEERS = "ml-dev-alice-job", "engineers"


@pytest.fixture(autouse=True)
def _stack(stack_of_the_cases: None) -> None:
    """Give every test the stack config of the cases."""


def of(kind: str, name: str, logical: str, /, **inputs: Any) -> PackResource:
    """Return a resource of the module iam, such as ``rolePolicy``."""
    return resource(f"aws:iam/{kind}:{kind[0].upper()}{kind[1:]}", logical, **{**inputs, kind_name(kind): name})


def kind_name(kind: str) -> str:
    """Return the property by which a type names its holder."""
    holder = next(each for each in ("role", "user", "group") if kind.startswith(each))
    return f"{holder}Name" if kind.endswith("Exclusive") else holder


def group(name: str = ENGINEERS) -> PackResource:
    return resource("aws:iam/group:Group", "engineers", name=name)


def joins(*groups: str) -> PackResource:
    return resource("aws:iam/userGroupMembership:UserGroupMembership", "joins", user="alice", groups=list(groups))


def members(*users: str, logical: str = "members", of_group: str = ENGINEERS) -> PackResource:
    return resource("aws:iam/groupMembership:GroupMembership", logical, group=of_group, users=list(users))


OF_ROLES = {
    "two lists of attachments": [
        of(f"role{MANAGED}", ROLE_NAME, "first", policyArns=[WORK_ARN]),
        of(f"role{MANAGED}", ROLE_NAME, "second", policyArns=[]),
    ],
    "two lists, one of them by a name in other letters": [
        of(f"role{MANAGED}", ROLE_NAME, "first", policyArns=[WORK_ARN]),
        of(f"role{MANAGED}", ROLE_NAME.upper(), "second", policyArns=[WORK_ARN]),
    ],
    "an attachment beside the list": [
        of(f"role{MANAGED}", ROLE_NAME, "first", policyArns=[]),
        of("rolePolicyAttachment", ROLE_NAME, "beside", policyArn=WORK_ARN),
    ],
    "an inline policy that the list does not name": [
        of(f"role{INLINE}", ROLE_NAME, "first", policyNames=["other"]),
        of("rolePolicy", ROLE_NAME, "beside", name="beside", policy=READ),
    ],
    "an inline policy whose name nobody knows": [
        of(f"role{INLINE}", ROLE_NAME, "first", policyNames=["other"]),
        of("rolePolicy", ROLE_NAME, "beside", name=UNKNOWN, policy=READ),
    ],
    "a list of somebody unknown": [of(f"role{INLINE}", UNKNOWN, "first", policyNames=[])],  # type: ignore[arg-type]  # stands for a name
}


@pytest.mark.parametrize("beside", OF_ROLES.values(), ids=OF_ROLES)
def test_a_role_of_which_a_list_takes_something_away_is_undecided(beside: list[PackResource]) -> None:
    (problem,) = {*only(read(work(), role(), *beside)).problems}
    assert "first" in problem


def test_a_list_inside_the_role_counts_as_one() -> None:
    own = role(managedPolicyArns=[WORK_ARN], inlinePolicies=[{"name": "inside", "policy": READ}])
    lists = [
        of(f"role{MANAGED}", ROLE_NAME, "first", policyArns=[]),
        of(f"role{INLINE}", ROLE_NAME, "second", policyNames=[]),
    ]
    problems = only(read(work(), own, *lists)).problems
    assert [text.partition(" each")[0] for text in problems] == ["first and job", "job and second"]


def test_what_its_one_list_names_a_role_holds_without_doubt() -> None:
    listed = [
        of(f"role{MANAGED}", ROLE_NAME, "managed", policyArns=[WORK_ARN]),
        of("rolePolicyAttachment", ROLE_NAME, "twice", policyArn=WORK_ARN),
        of(f"role{INLINE}", ROLE_NAME, "inline", policyNames=["inside"]),
        of("rolePolicy", ROLE_NAME, "inside", name="inside", policy=READ),
    ]
    found = only(read(work(), role(), *listed))
    assert (found.problems, names(found)) == ((), {"work", "inside"})


def test_a_role_holds_what_is_given_to_its_name_in_other_letters() -> None:
    beside = of("rolePolicy", ROLE_NAME.upper(), "beside", name="beside", policy=READ)
    assert names(only(read(role(), beside))) == {"beside"}


OF_GROUPS = {
    "two lists": [
        of(f"group{MANAGED}", ENGINEERS, "first", policyArns=[WORK_ARN]),
        of(f"group{MANAGED}", "Engineers", "second", policyArns=[]),
    ],
    "an inline policy beside an empty list": [
        of(f"group{INLINE}", ENGINEERS, "first", policyNames=[]),
        of("groupPolicy", ENGINEERS, "beside", name="beside", policy=READ),
    ],
    "a whole list without the user": [members(logical="first")],
}


@pytest.mark.parametrize("beside", OF_GROUPS.values(), ids=OF_GROUPS)
def test_a_doubt_about_a_group_is_one_about_its_users(beside: list[PackResource]) -> None:
    (problem,) = only(read(work(), user(), group(), joins(ENGINEERS), *beside)).problems
    assert "first" in problem
    assert only(read(work(), user(), group(), *beside)).problems == ()


def test_users_have_lists_of_their_own() -> None:
    lists = [
        of(f"user{MANAGED}", "alice", "first", policyArns=[]),
        of("userPolicyAttachment", "alice", "beside", policyArn=WORK_ARN),
    ]
    (problem,) = only(read(work(), user(), *lists)).problems
    assert problem == "first takes away what beside gives alice"


def test_a_group_of_elsewhere_leaves_its_users_undecided() -> None:
    for joined in (joins("Administrators"), members("alice", of_group="Administrators")):
        (problem,) = only(read(user(), group(), joined)).problems
        assert problem == "alice is in the group Administrators, which this stack does not make"


def test_a_group_is_called_as_the_stack_writes_it() -> None:
    found = only(read(user(), group(), joins("ENGINEERS")))
    assert (set(found.groups), found.problems) == ({ENGINEERS}, ())
