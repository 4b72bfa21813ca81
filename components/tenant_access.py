"""Who a tenant is inside the platform: two roles and a security group of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, tenant_tags, token_of
from components.documents.limits import ROLE_TRUST, fitting
from components.documents.model import reference
from components.documents.tenant_documents import BOUNDARY, JOB_ROLE_CARRIES, NOTEBOOK_ROLE_CARRIES
from components.documents.trust import job_role_trust, notebook_role_trust
from components.roles import ONE_HOUR, attach_only, hold_inline_only

if TYPE_CHECKING:
    import pulumi

    from components.documents.scope import Scope
    from components.tenant_policies import TenantPolicies

TENANT = re.compile(r"(?!.*--)[a-z][a-z0-9-]{1,18}[a-z0-9]")
CARRIES = {"notebook": NOTEBOOK_ROLE_CARRIES, "job": JOB_ROLE_CARRIES}
# The owner of shared things, and the names of shared groups in references such as ``security-group/workload``.
RESERVED = ("platform", "workload", "endpoints", "bastion")


@dataclass(frozen=True, kw_only=True)
class TenantAccessArgs:
    """Which tenant, in which network, under which policies.

    Roles name boundary and policies by plain ARN, so that they are known at preview; `policies` makes them exist
    first. `key` is the tenant's own key, where each has one: its id rides on the roles as a tag.
    """

    scope: Scope
    tenant: str
    vpc_id: pulumi.Input[str]
    policies: TenantPolicies
    data_administrator: bool = False
    key: BoundReference | None = None

    def __post_init__(self) -> None:
        if not TENANT.fullmatch(self.tenant) or self.tenant in RESERVED:
            raise ValueError(
                f"tenant: {self.tenant!r} given, 3 to 20 small letters, digits and single hyphens are allowed except "
                f"{', '.join(RESERVED)}, because names, paths and references are built from it; write for example alice"
            )


class TenantAccess(PlatformComponent):
    """The roles that a tenant's notebook and jobs work as, and the group that joins the tenant's own hosts.

    Creates: the tenant's security group that admits only itself, a notebook role and a job role under
    ``/tenants/<tenant>/``, and for each role its exclusive attachments and the exclusive absence of inline policies.
    Guarantee: boundary and shared policies on both roles, whatever somebody attaches by hand is removed by the next
    update, sessions last an hour, nothing in the documents is written for this tenant alone.
    It makes no person: who may sign in is not decided here.
    """

    def __init__(self, name: str, args: TenantAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:tenant:TenantAccess", name, self._plan.inputs(), opts)
        self._group = self._create_group()
        self._create_ingress_from_itself()
        self._create_egress_to_itself()
        self._roles = {kind: self._create_role(kind) for kind in CARRIES}
        for kind, purposes in CARRIES.items():
            carried = [args.scope.naming.tenant_policy_arn(purpose) for purpose in purposes]
            attach_only(self, f"{name}-{kind}", self._roles[kind], carried, [args.policies])
            hold_inline_only(self, f"{name}-{kind}", self._roles[kind])
        self.publish(BoundReference.to(self._group_reference, self._group))

    @property
    def notebook_role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role that the tenant's notebook works as."""
        return self._roles["notebook"].arn

    @property
    def job_role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the role that the tenant's jobs, models and endpoints work as."""
        return self._roles["job"].arn

    @property
    def security_group_id(self) -> pulumi.Output[str]:
        """Return the id of the group that joins the tenant's own hosts."""
        return self._group.id

    @property
    def _group_reference(self) -> str:
        return f"security-group/{self._args.tenant}"

    def _plan_documents(self) -> Plan:
        group = BoundReference.coming(self._group_reference, aws.ec2.SecurityGroup, f"{self._stem}-group")
        trusts = fitting(
            {"notebook": notebook_role_trust(self._args.scope), "job": job_role_trust(self._args.scope)},
            ROLE_TRUST,
            "trust of role",
        )
        role = token_of(aws.iam.Role)
        key = self._args.key
        own_key = {"data-key": reference(key.name)} if key else {}
        return Plan(
            [
                PlannedDocument(
                    kind=aws.iam.Role,
                    logical_name=f"{self._stem}-{kind}-role",
                    property_path="assumeRolePolicy",
                    document=trusts[kind],
                )
                for kind in CARRIES
            ],
            references={group.name: group, **({key.name: key} if key else {})},
            tags={
                f"{role}|{self._stem}-{kind}-role|tags": {"security-group": reference(group.name), **own_key}
                for kind in CARRIES
            },
        )

    def _create_group(self) -> aws.ec2.SecurityGroup:
        logical_name = f"{self._stem}-group"
        return aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._args.vpc_id,
            description=f"Joins the hosts of tenant {self._args.tenant} with each other and with nobody else",
            tags=self._tags(self._args.scope.naming.label(logical_name)),
            opts=self.child_options(),
        )

    def _create_ingress_from_itself(self) -> aws.vpc.SecurityGroupIngressRule:
        logical_name = f"{self._stem}-group-ingress"
        return aws.vpc.SecurityGroupIngressRule(
            logical_name,
            security_group_id=self._group.id,
            referenced_security_group_id=self._group.id,
            ip_protocol="-1",
            description="Hosts of one training cluster call each other",
            tags=self._tags(self._args.scope.naming.label(logical_name)),
            opts=self.child_options(),
        )

    def _create_egress_to_itself(self) -> aws.vpc.SecurityGroupEgressRule:
        logical_name = f"{self._stem}-group-egress"
        return aws.vpc.SecurityGroupEgressRule(
            logical_name,
            security_group_id=self._group.id,
            referenced_security_group_id=self._group.id,
            ip_protocol="-1",
            description="Hosts of one training cluster call each other",
            tags=self._tags(self._args.scope.naming.label(logical_name)),
            opts=self.child_options(),
        )

    def _create_role(self, kind: str) -> aws.iam.Role:
        logical_name = f"{self._stem}-{kind}-role"
        role_name = self._args.scope.naming.tenant_role_name(self._args.tenant, kind)
        return aws.iam.Role(
            logical_name,
            name=role_name,
            path=self._args.scope.naming.tenant_path(self._args.tenant),
            description=f"What the {kind}s of tenant {self._args.tenant} may do",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=self._args.scope.naming.tenant_policy_arn(BOUNDARY),
            max_session_duration=ONE_HOUR,
            force_detach_policies=True,
            tags={**self._tags(role_name), "security-group": self._group.id, **self._own_key(), **self._office(kind)},
            opts=self.child_options(depends_on=[self._args.policies]),
        )

    def _office(self, kind: str) -> dict[str, str]:
        # Jobs never curate: what a data administrator does is done by a person in a notebook.
        return {"data-administrator": "true"} if self._args.data_administrator and kind == "notebook" else {}

    def _own_key(self) -> dict[str, pulumi.Output[str]]:
        key = self._args.key
        return {"data-key": key.id} if key and key.id is not None else {}

    def _tags(self, name: str) -> dict[str, str]:
        return tenant_tags(self._args.tenant, name)
