"""Cases of the rule about groups whose members are listed as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import UNKNOWN, Case, absent, component, fails, given, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

NAME = "ml-dev-administrators"


def group(name: Any = NAME) -> PackResource:
    """The administrators."""
    return component("aws:iam/group:Group", "administrators", name=name)


def members(logical: str = "members", **changes: Any) -> PackResource:
    """The whole list of them."""
    baseline = {"name": "members", "group": NAME, "users": ["adam"]}
    return given("aws:iam/groupMembership:GroupMembership", logical, baseline, changes)


def adding(*groups: Any) -> PackResource:
    """A membership of one user."""
    kind = "aws:iam/userGroupMembership:UserGroupMembership"
    return component(kind, "adam", user="adam", groups=list(groups))


CASES: dict[str, list[Case]] = {
    "iam-group-membership-is-closed": [
        passes("one whole list", members(), group()),
        passes("by the group's output", group(), taken(members(group=UNKNOWN), group=group())),
        passes("engineers come one by one", group("ml-dev-engineers"), adding("ml-dev-engineers")),
        passes("another list of what is closed", group(), options={"closedGroups": ["*-approvers"]}),
        fails("two lists", "2 resources list the members", members(), members("more"), group()),
        fails(
            "two lists of a group that may be open",
            "2 resources list",
            members(group="ml-dev-engineers"),
            members("more", group="ml-dev-engineers"),
            group("ml-dev-engineers"),
        ),
        fails("another group's list", "0 resources list", members(group="ml-dev-engineers"), group()),
        fails("delegated administrators", "0 resources list", group("ml-dev-delegated-administrators")),
        fails("auditors", "0 resources list", group("ml-dev-auditors")),
        fails("a user beside the list", "groups[1] adds a user", members(), group(), adding("ml-dev-engineers", NAME)),
        absent("no list", "0 resources list the members of the group, not one", group()),
        unknown("its name must be known", "name is not known", group(UNKNOWN)),
        unknown("which group a user is added to must be known", "is not known", members(), group(), adding(UNKNOWN)),
        unknown(
            "whose list it is must be known", "group is not known", members(), group(), members("more", group=UNKNOWN)
        ),
    ],
}
