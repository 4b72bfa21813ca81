"""What people may do, written once: the managed policies that groups carry, and the people's boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.limits import fitting
from components.documents.people_documents import BOUNDARY, carries, is_of_tenants, people_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.documents.people_scope import Group, PeopleScope
    from components.documents.scope import Scope
    from components.people_groups import PeopleGroups


# Attachments of a group (IAM User Guide, IAM and STS quotas).
POLICIES_A_GROUP = 10


@dataclass(frozen=True, kw_only=True)
class PeoplePoliciesArgs:
    """What the documents name.

    `references` binds subnets, groups, endpoints, keys and the bastion; `named` are the resources that stand in the
    documents by their name, so that they exist first: buckets, the emergency role, the tenants' own policies.
    `policies_a_group` is the account's quota of attachments to a group. Federated people are in no `groups`: each
    one's role carries the documents itself.
    """

    scope: Scope
    people: PeopleScope
    groups: PeopleGroups | None
    references: Mapping[str, BoundReference]
    named: Sequence[pulumi.Resource]
    policies_a_group: int = POLICIES_A_GROUP

    def __post_init__(self) -> None:
        if self.people.federated != (self.groups is None) or self.people.federated != (
            self.scope.federation is not None
        ):
            raise ValueError(
                "people: groups and federation given together, or neither; people are users in groups, or federated "
                "and in none; give one"
            )
        for group in self.people.capabilities:
            if (count := len(carries(group, self.people))) > self.policies_a_group:
                raise ValueError(
                    f"group {group}: {count} policies given, {self.policies_a_group} are allowed by the account's "
                    f"quota; let AWS raise it and write quotas: {{policies-per-group: {count}}}"
                )


class PeoplePolicies(PlatformComponent):
    """The documents that all people share: what differs rides on them as tags, and on the groups they are in.

    Creates: one managed policy per purpose, the two boundaries among them, and the exclusive attachments of each group.
    Guarantee: whoever is in a group is bound by the second factor, what somebody attaches by hand is removed by the
    next update, and adding a person changes none of this.
    It makes no group and no person.
    """

    def __init__(self, name: str, args: PeoplePoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._documents = fitting(people_documents(args.scope, args.people))
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:people:PeoplePolicies", name, self._plan.inputs(), opts)
        self._policies: dict[str, aws.iam.Policy] = {}
        for purpose in self._documents:
            self._policies[purpose] = self._create_policy(purpose)
        for group in args.people.capabilities if args.groups else ():
            self._create_attachments(group)
        self.publish()

    @property
    def policy_arns(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the ARNs of the policies by purpose."""
        return {purpose: policy.arn for purpose, policy in self._policies.items()}

    @property
    def _after_groups(self) -> tuple[PeopleGroups, ...]:
        return (self._args.groups,) if self._args.groups else ()

    def _plan_documents(self) -> Plan:
        return Plan(
            [
                PlannedDocument(
                    kind=aws.iam.Policy,
                    logical_name=f"{self._stem}-{purpose}",
                    property_path="policy",
                    document=document,
                )
                for purpose, document in self._documents.items()
            ],
            self._args.references,
        )

    def _create_policy(self, purpose: str) -> aws.iam.Policy:
        logical_name = f"{self._stem}-{purpose}"
        policy_name = self._args.scope.naming.people_policy_name(purpose)
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description=f"What people may do in the closed SageMaker platform: {purpose}",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=platform_tags(policy_name),
            # The boundary comes first: other documents ask for it by name.
            opts=self.child_options(
                depends_on=[*self._args.named, *self._after_groups, *filter(None, [self._policies.get(BOUNDARY)])]
            ),
        )

    def _create_attachments(self, group: Group) -> aws.iam.GroupPolicyAttachmentsExclusive:
        return aws.iam.GroupPolicyAttachmentsExclusive(
            f"{self._stem}-{group}-attachments",
            group_name=self._args.scope.naming.group_name(group),
            policy_arns=[self._arn_of(purpose) for purpose in carries(group, self._args.people)],
            opts=self.child_options(depends_on=[*self._args.named, *self._after_groups, *self._policies.values()]),
        )

    def _arn_of(self, purpose: str) -> str:
        naming = self._args.scope.naming
        return naming.tenant_policy_arn(purpose) if is_of_tenants(purpose) else naming.people_policy_arn(purpose)
