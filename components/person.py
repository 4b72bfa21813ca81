"""One person: an IAM user in groups, with the tags of a tenant or of the platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlatformComponent, token_of
from components.documents.model import reference
from components.documents.people_documents import boundary_of
from components.documents.people_scope import TENANT_GROUPS

if TYPE_CHECKING:
    import pulumi

    from components.documents.people_scope import Group
    from components.naming import Naming
    from components.people_groups import PeopleGroups
    from components.people_policies import PeoplePolicies

PLATFORM = "platform"


@dataclass(frozen=True, kw_only=True)
class PersonArgs:
    """Who it is.

    `security_group` is the group of the person's tenant, which rides on the person as a tag, as does the tenant's own
    `key` where each has one; people of the platform have neither.
    """

    naming: Naming
    person: str
    groups: tuple[Group, ...]
    made_groups: PeopleGroups
    policies: PeoplePolicies
    tenant: str | None = None
    security_group: BoundReference | None = None
    key: BoundReference | None = None

    @property
    def riding(self) -> dict[str, BoundReference]:
        """Return what rides on the person, by the tag that holds its id."""
        both = {"security-group": self.security_group, "data-key": self.key}
        return {tag: bound for tag, bound in both.items() if bound is not None}

    def __post_init__(self) -> None:
        if not self.groups:
            raise ValueError(
                f"{self.person}: no group given, at least one is allowed, because the second factor is asked by "
                "groups; give for example engineers"
            )
        of_tenants = {group in TENANT_GROUPS for group in self.groups}
        if of_tenants != {self.tenant is not None} or (self.tenant is None) != (self.security_group is None):
            raise ValueError(
                f"{self.person}: groups {', '.join(self.groups)} and tenant {self.tenant} given, groups of tenants "
                "with a tenant and its security group are allowed, or groups of the platform without; give both"
            )


class Person(PlatformComponent):
    """A person who signs in as an IAM user.

    Creates: the user under the root path, for a tenant's person the membership in its groups, and the exclusive absence
    of policies of its own, attached or inline. Who is in a group of the platform, `PlatformMembers` lists.
    Guarantee: boundary and tags on the user, rights through groups alone; what somebody attaches to the user by hand is
    removed by the next update, and nothing else changes when a person comes or goes.
    It makes no password, no key and no device: those are the person's own.
    """

    def __init__(self, name: str, args: PersonArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:people:Person", name, self._plan_tags().inputs(), opts)
        self._user = self._create_user()
        if args.tenant:
            self._create_membership()
        self._create_absence_of_attachments()
        self._create_absence_of_inline_policies()
        self.publish()

    @property
    def user_name(self) -> pulumi.Output[str]:
        """Return the name that the person signs in with."""
        return self._user.name

    def _plan_tags(self) -> Plan:
        riding = self._args.riding
        if not riding:
            return Plan([])
        place = f"{token_of(aws.iam.User)}|{self._stem}-user|tags"
        planned = {tag: reference(bound.name) for tag, bound in riding.items()}
        return Plan([], {bound.name: bound for bound in riding.values()}, {place: planned})

    def _create_user(self) -> aws.iam.User:
        own = {tag: bound.id for tag, bound in self._args.riding.items() if bound.id is not None}
        user_name = self._args.naming.person_name(self._args.person)
        return aws.iam.User(
            f"{self._stem}-user",
            name=user_name,
            path="/",
            permissions_boundary=self._args.naming.people_policy_arn(boundary_of(self._args.groups[0])),
            # Keys and devices are made by the person: without this nobody could be removed.
            force_destroy=True,
            tags={"Name": user_name, "user": self._args.tenant or PLATFORM, **own},
            opts=self.child_options(depends_on=[self._args.policies]),
        )

    def _create_membership(self) -> aws.iam.UserGroupMembership:
        return aws.iam.UserGroupMembership(
            f"{self._stem}-membership",
            user=self._user.name,
            groups=[self._args.naming.group_name(group) for group in self._args.groups],
            opts=self.child_options(depends_on=[self._args.made_groups]),
        )

    def _create_absence_of_attachments(self) -> aws.iam.UserPolicyAttachmentsExclusive:
        return aws.iam.UserPolicyAttachmentsExclusive(
            f"{self._stem}-attachments",
            user_name=self._user.name,
            policy_arns=[],
            opts=self.child_options(),
        )

    def _create_absence_of_inline_policies(self) -> aws.iam.UserPoliciesExclusive:
        return aws.iam.UserPoliciesExclusive(
            f"{self._stem}-inline",
            user_name=self._user.name,
            policy_names=[],
            opts=self.child_options(),
        )
