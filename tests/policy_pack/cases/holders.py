"""Cases of the rule about whom the stack gives rights to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import UNKNOWN, Case, absent, component, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

ROLE, GROUP = "ml-dev-alice-notebook", "ml-dev-engineers"


def role(name: Any = ROLE) -> PackResource:
    """A role of the stack."""
    return component("aws:iam/role:Role", "role", name=name)


def group() -> PackResource:
    """A group of the stack."""
    return component("aws:iam/group:Group", "engineers", name=GROUP)


def ann() -> PackResource:
    """A user of the stack."""
    return component("aws:iam/user:User", "ann", name="ml-dev-ann")


def inline(**inputs: Any) -> PackResource:
    """An inline policy of a role."""
    return component("aws:iam/rolePolicy:RolePolicy", "inline", policy="{}", **inputs)


def joins(*groups: Any) -> PackResource:
    """A membership of one user."""
    kind = "aws:iam/userGroupMembership:UserGroupMembership"
    return component(kind, "joins", user="ml-dev-ann", groups=list(groups))


def every(name: str, users: list[Any]) -> PackResource:
    """The whole list of a group's members."""
    return component("aws:iam/groupMembership:GroupMembership", "members", group=name, users=users)


def listed(name: Any) -> PackResource:
    """The list of all that is attached to a role."""
    kind = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
    return component(kind, "listed", roleName=name, policyArns=[])


CASES: dict[str, list[Case]] = {
    "iam-policy-holder-is-made-here": [
        passes("a role of the stack", role(), inline(role=ROLE)),
        passes("by the role's output", role(UNKNOWN), taken(inline(role=UNKNOWN), role=role(UNKNOWN))),
        passes("a user and groups of the stack", ann(), group(), joins(GROUP)),
        passes("members of the stack", ann(), group(), every(GROUP, ["ml-dev-ann"])),
        passes("one that is listed", inline(role="elsewhere"), options={"holdersElsewhere": ["elsewhere"]}),
        fails("a role of elsewhere", "role names no role of this stack", role(), inline(role="elsewhere")),
        fails("a role in other letters", "role names no role", role(), inline(role=ROLE.upper())),
        fails("a list of a role in other letters", "roleName names no role", role(), listed(ROLE.upper())),
        fails("a user's name is no role's", "role names no role", ann(), inline(role="ml-dev-ann")),
        fails("a group of elsewhere", "groups[1] names no group", ann(), group(), joins(GROUP, "Administrators")),
        fails("members of elsewhere", "users[0] names no user", group(), every(GROUP, ["somebody"])),
        fails("a list of elsewhere", "group names no group", ann(), every("Administrators", ["ml-dev-ann"])),
        fails(
            "an attachment to several",
            "groups[0] names no group",
            role(),
            component(
                "aws:iam/policyAttachment:PolicyAttachment", "several", policyArn="x", roles=[ROLE], groups=["Others"]
            ),
        ),
        absent("nobody is named", None, role(), inline()),
        unknown("it must be known whom", "role is not known", role(), inline(role=UNKNOWN)),
        unknown(
            "one known group is not two",
            "groups[1] is not known",
            ann(),
            group(),
            taken(joins(UNKNOWN, UNKNOWN), groups=group()),
        ),
    ],
}
