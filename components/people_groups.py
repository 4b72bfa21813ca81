"""The groups that people are in, with exactly the policies of the stage, and the account's rule for passwords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from components.documents.people_scope import Group, PeopleScope
    from components.naming import Naming

# CIS AWS Foundations Benchmark, IAM: 14 characters, no reuse of the last 24; AWS' own default is 8 and none.
SHORTEST_PASSWORD, REMEMBERED_PASSWORDS = 14, 24
# Days. Whoever signs in later has to choose a new one; nobody is locked out by it.
OLDEST_PASSWORD = 90


@dataclass(frozen=True, kw_only=True)
class PeopleGroupsArgs:
    """The groups of the stage.

    The password policy belongs to the whole account: one stack of the account makes it (`password_policy`).
    """

    naming: Naming
    people: PeopleScope
    password_policy: bool = True

    def __post_init__(self) -> None:
        if not self.people.capabilities:
            raise ValueError("people: no group given, those of the stack's stage are allowed; give its table")


class PeopleGroups(PlatformComponent):
    """The stage's groups.

    Creates: a group for each that the stage names, the exclusive absence of inline policies in it, and where wanted
    the account's password policy.
    Guarantee: what somebody writes into a group by hand is removed by the next update; adding a person changes none
    of this.
    It makes no person and no password, and attaches nothing: `PeoplePolicies` does.
    """

    def __init__(self, name: str, args: PeopleGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:people:PeopleGroups", name, {}, opts)
        self._groups = {group: self._create_group(group) for group in args.people.capabilities}
        for group in self._groups:
            self._create_absence_of_inline_policies(group)
        if args.password_policy:
            self._create_password_policy()
        self.publish()

    @property
    def group_names(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the names of the groups by what they are for."""
        return {group.value: made.name for group, made in self._groups.items()}

    def _create_group(self, group: Group) -> aws.iam.Group:
        return aws.iam.Group(
            f"{self._stem}-{group}", name=self._args.naming.group_name(group), path="/", opts=self.child_options()
        )

    def _create_absence_of_inline_policies(self, group: Group) -> aws.iam.GroupPoliciesExclusive:
        return aws.iam.GroupPoliciesExclusive(
            f"{self._stem}-{group}-inline",
            group_name=self._groups[group].name,
            policy_names=[],
            opts=self.child_options(),
        )

    def _create_password_policy(self) -> aws.iam.AccountPasswordPolicy:
        return aws.iam.AccountPasswordPolicy(
            f"{self._stem}-passwords",
            minimum_password_length=SHORTEST_PASSWORD,
            password_reuse_prevention=REMEMBERED_PASSWORDS,
            max_password_age=OLDEST_PASSWORD,
            require_lowercase_characters=True,
            require_uppercase_characters=True,
            require_numbers=True,
            require_symbols=True,
            allow_users_to_change_password=True,
            opts=self.child_options(),
        )
