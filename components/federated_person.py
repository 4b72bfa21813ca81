"""One person who signs in at a provider: a role that this person alone takes on, with the tags of a tenant or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlatformComponent, token_of
from components.documents.federation import person_trust
from components.documents.model import reference
from components.documents.people_documents import boundary_of, carries, is_of_tenants
from components.documents.people_scope import TENANT_GROUPS
from components.roles import attach_only, hold_inline_only, planned_trust

if TYPE_CHECKING:
    import pulumi

    from components.documents.federation import Federation
    from components.documents.people_scope import Group, PeopleScope
    from components.naming import Naming
    from components.people_policies import PeoplePolicies

PLATFORM = "platform"

# Attachments of a role (IAM User Guide, IAM and STS quotas) but one, which is left for the stop of a spent budget.
POLICIES_A_ROLE = 9


@dataclass(frozen=True, kw_only=True)
class FederatedPersonArgs:
    """Who it is, by the `subject` that the provider's tokens name, and for how many seconds a session lasts.

    `security_group` is the group of the person's tenant, which rides on the role as a tag, as does the tenant's own
    `key` where each has one; people of the platform have neither.
    """

    naming: Naming
    person: str
    federation: Federation
    subject: str
    groups: tuple[Group, ...]
    people: PeopleScope
    policies: PeoplePolicies
    longest_session: int
    tenant: str | None = None
    security_group: BoundReference | None = None
    key: BoundReference | None = None

    def __post_init__(self) -> None:
        of_tenants = {group in TENANT_GROUPS for group in self.groups}
        if of_tenants != {self.tenant is not None} or (self.tenant is None) != (self.security_group is None):
            raise ValueError(
                f"{self.person}: groups {', '.join(self.groups) or 'none'} and tenant {self.tenant} given, groups of "
                "tenants with a tenant and its security group are allowed, or groups of the platform without; give both"
            )
        if not self.subject:
            raise ValueError(f"{self.person}: no subject given, so the role would be anybody's; give the provider's")
        if (count := len(self.carried)) > POLICIES_A_ROLE:
            raise ValueError(
                f"{self.person}: {count} policies given by {', '.join(self.groups)}, {POLICIES_A_ROLE} are allowed on "
                "a role; give fewer groups"
            )

    @property
    def carried(self) -> tuple[str, ...]:
        """Return the purposes of the documents that the person's groups carry, each once."""
        return tuple(dict.fromkeys(purpose for group in self.groups for purpose in carries(group, self.people)))

    @property
    def riding(self) -> dict[str, BoundReference]:
        """Return what rides on the role, by the tag that holds its id."""
        both = {"security-group": self.security_group, "data-key": self.key}
        return {tag: bound for tag, bound in both.items() if bound is not None}


class FederatedPerson(PlatformComponent):
    """A person who signs in at the provider and takes on a role.

    Creates: the role under the path of people, its exclusive attachments, and the exclusive absence of inline policies.
    Guarantee: boundary and tags on the role, one subject in its trust and no session tags, the documents of the
    person's groups and nothing else; nothing else changes when a person comes or goes.
    It asks for no second factor: a federated session carries none, so the provider asks before it signs a token.
    """

    def __init__(self, name: str, args: FederatedPersonArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:people:FederatedPerson", name, self._plan.inputs(), opts)
        self._role = self._create_role()
        attach_only(self, name, self._role, [self._arn_of(purpose) for purpose in args.carried], [args.policies])
        hold_inline_only(self, name, self._role)
        self.publish()

    @property
    def role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role, which the provider's tokens name."""
        return self._role.arn

    def _plan_documents(self) -> Plan:
        trust = person_trust(self._args.federation, self._args.subject)
        planned = planned_trust(self._stem, self._args.person, trust)
        riding = self._args.riding
        if not riding:
            return Plan([planned])
        place = f"{token_of(aws.iam.Role)}|{self._stem}-role|tags"
        tags = {tag: reference(bound.name) for tag, bound in riding.items()}
        return Plan([planned], {bound.name: bound for bound in riding.values()}, {place: tags})

    def _create_role(self) -> aws.iam.Role:
        logical_name = f"{self._stem}-role"
        own = {tag: bound.id for tag, bound in self._args.riding.items() if bound.id is not None}
        role_name = self._args.naming.person_name(self._args.person)
        return aws.iam.Role(
            logical_name,
            name=role_name,
            path=self._args.naming.people_path(),
            description="A person who signs in at the identity provider",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=self._args.naming.people_policy_arn(boundary_of(self._args.groups[0])),
            max_session_duration=self._args.longest_session,
            force_detach_policies=True,
            tags={"Name": role_name, "user": self._args.tenant or PLATFORM, **own},
            opts=self.child_options(depends_on=[self._args.policies]),
        )

    def _arn_of(self, purpose: str) -> str:
        naming = self._args.naming
        return naming.tenant_policy_arn(purpose) if is_of_tenants(purpose) else naming.people_policy_arn(purpose)
