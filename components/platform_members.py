"""Who is in the groups of the platform: each list is whole, so that whoever is added by hand is removed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent
from components.documents.people_scope import PLATFORM_GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.documents.people_scope import Group
    from components.naming import Naming
    from components.people_groups import PeopleGroups
    from components.person import Person


@dataclass(frozen=True, kw_only=True)
class PlatformMembersArgs:
    """The people of each group of the platform; a group that the stage has and nobody is in has an empty list."""

    naming: Naming
    made_groups: PeopleGroups
    members: Mapping[Group, Sequence[Person]]

    def __post_init__(self) -> None:
        strange = sorted(group for group in self.members if group not in PLATFORM_GROUPS)
        if strange:
            raise ValueError(
                f"members: {', '.join(strange)} given, {', '.join(PLATFORM_GROUPS)} are allowed, because people come "
                "and go in groups of tenants one by one; leave the others to Person"
            )


class PlatformMembers(PlatformComponent):
    """The members of the platform's groups.

    Creates: for each group one list of its members.
    Guarantee: nobody but those whom the stack names stays an administrator, delegated administrator or auditor: the
    next update removes the rest. Groups of tenants are none of these, so that a new tenant changes nothing here.
    It makes no group and no person. A list without anybody is taken to be possible [LIVE].
    """

    def __init__(self, name: str, args: PlatformMembersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:people:PlatformMembers", name, {}, opts)
        self._stem = name
        self._args = args
        self._lists = {group: self._create_list(group) for group in args.members}
        self.publish()

    @property
    def user_names(self) -> Mapping[str, pulumi.Output[Sequence[str]]]:
        """Return the users in each group."""
        return {group.value: made.users for group, made in self._lists.items()}

    def _create_list(self, group: Group) -> aws.iam.GroupMembership:
        people, group_name = self._args.members[group], self._args.naming.group_name(group)
        return aws.iam.GroupMembership(
            f"{self._stem}-{group}",
            name=group_name,
            group=group_name,
            users=[person.user_name for person in people],
            opts=self.child_options(depends_on=[self._args.made_groups, *people]),
        )
