"""What every tenant may do, written once: the boundary and the shared managed policies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.tenant_documents import (
    BOUNDARY,
    boundary_document,
    tenant_documents,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class TenantPoliciesArgs:
    """What the documents name.

    `references` binds subnets, groups, endpoints and key; `named` are the resources that stand in the documents by
    their name, so that they exist first: buckets, and the lifecycle configuration where there are notebooks.
    """

    scope: Scope
    references: Mapping[str, BoundReference]
    named: Sequence[pulumi.Resource]

    def __post_init__(self) -> None:
        if not self.named:
            raise ValueError(
                "named: nothing given, the components whose names stand in the documents are allowed, the policies "
                "would be made before what they speak of; give the data buckets"
            )


class TenantPolicies(PlatformComponent):
    """The documents that all tenants share: what differs rides on their roles as tags.

    Creates: the boundary and one managed policy per purpose.
    Guarantee: adding a tenant changes none of them.
    It attaches nothing: `TenantAccess` does, one per tenant.
    """

    def __init__(self, name: str, args: TenantPoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._documents = {BOUNDARY: boundary_document(args.scope), **tenant_documents(args.scope)}
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:tenant:TenantPolicies", name, self._plan.inputs(), opts)
        self._policies = {purpose: self._create_policy(purpose) for purpose in self._documents}
        self.publish()

    @property
    def policy_arns(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the ARNs of the policies by purpose, the boundary among them."""
        return {purpose: policy.arn for purpose, policy in self._policies.items()}

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
        policy_name = self._args.scope.naming.tenant_policy_name(purpose)
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description=f"What tenants may do in the closed SageMaker platform: {purpose}",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=platform_tags(policy_name),
            opts=self.child_options(depends_on=self._args.named),
        )
