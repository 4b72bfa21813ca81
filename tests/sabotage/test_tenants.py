"""What keeps tenants apart, and every role inside its guardrails, taken away one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, SHARED, TENANTS_PART, Edit, added

pytestmark = pytest.mark.verify

ACCESS, NOTEBOOK = "components/tenant_access.py", "components/notebook.py"
TRUST, TENANT_DOCUMENTS = "components/documents/trust.py", "components/documents/tenant_documents.py"
MADE = '        access = made[tenant] = TenantAccess(f"tenant-{tenant}", access_args, site.options)\n'
FIRST = '        seen = globals().setdefault("seen", [])\n        seen.append(access)\n'
ROLES = "components/roles.py"
GROUPS = "[network.closed.workload_security_group_id, access.security_group_id]"
ROLE = "role_arn=access.notebook_role_arn,"
ATTACHED = "for purpose in purposes]"
CREATES_ATTACHMENTS = '            attach_only(self, f"{name}-{kind}", self._roles[kind], carried, [args.policies])\n'
HOLDS_NOTHING_INLINE = '            hold_inline_only(self, f"{name}-{kind}", self._roles[kind])\n'
ROLE_TAGS = 'tags={**self._tags(role_name), "security-group": self._group.id, **self._own_key(), **self._office(kind)}'
TRUSTED_JOBS = "all_of(own_account(scope), sources)"
ITSELF = "referenced_security_group_id=self._group.id,"
OF_ITS_GROUP = (
    "aws.vpc.SecurityGroupIngressRule(\n            logical_name,\n            security_group_id=self._group.id,"
)
FROM_ITSELF = f"{OF_ITS_GROUP}\n            {ITSELF}"


def joined(to: str, source: str) -> tuple[Edit, ...]:
    """Return the edits that add a rule by which one group admits another; `first` and `access` are two tenants."""
    rule = (
        "import wiring.tenants\nfirst, access = wiring.tenants.seen[0], wiring.tenants.seen[-1]\n"
        f'aws.vpc.SecurityGroupIngressRule("joined", security_group_id={to}.security_group_id,'
        f' referenced_security_group_id={source}.security_group_id, ip_protocol="-1", {SHARED})'
    )
    return (TENANTS_PART, MADE, MADE + FIRST), added(rule)


def of_the_first(old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits by which every notebook gets something of the first tenant's."""
    return (TENANTS_PART, MADE, MADE + FIRST), (TENANTS_PART, old, new)


EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "notebooks work as another tenant's role": (
        of_the_first(ROLE, "role_arn=seen[0].notebook_role_arn,"),
        "sagemaker-execution-role-is-not-shared",
    ),
    "notebooks refer to another tenant's role": (
        of_the_first(ROLE, "role_arn=seen[0].notebook_role_arn,"),
        "tenant-resource-references-only-own",
    ),
    "notebooks work as a role of nobody": (
        ((TENANTS_PART, ROLE, 'role_arn="arn:aws:iam::111122223333:role/admin",'),),
        "sagemaker-execution-role-is-not-shared",
    ),
    "notebooks work as the role without perimeter": (
        ((TENANTS_PART, ROLE, "role_arn=access.job_role_arn,"),),
        "iam-tenant-role-carries-guardrails",
    ),
    "notebooks carry another tenant's group": (
        of_the_first(GROUPS, GROUPS.replace("access", "seen[0]")),
        "sagemaker-notebook-has-own-security-group",
    ),
    "notebooks carry no group of their own": (
        (
            (
                TENANTS_PART,
                GROUPS,
                "[network.closed.workload_security_group_id, network.endpoints.endpoints_security_group_id]",
            ),
        ),
        "sagemaker-notebook-has-own-security-group",
    ),
    "notebooks carry the group of the endpoints": (
        ((TENANTS_PART, GROUPS, "[network.endpoints.endpoints_security_group_id, access.security_group_id]"),),
        "tenant-security-group-admits-only-itself",
    ),
    "notebooks have the name of another tenant": (
        ((NOTEBOOK, "name=notebook_name,", 'name=notebook_name.replace("bob--", "alice--"),'),),
        "tenant-model-name-carries-owner",
    ),
    "notebooks do not wait for their role's policies": (
        ((NOTEBOOK, "opts=self.child_options(depends_on=self._args.ready),", "opts=self.child_options(),"),),
        "iam-role-user-waits-for-its-policies",
    ),
    "one tenant's group admits another's": (joined("first", "access"), "tenant-security-group-admits-only-itself"),
    "a shared rule joins two tenants": (joined("first", "access"), "tenant-resource-references-only-own"),
    "the shared group admits a tenant": (
        tuple(
            (a, b, c.replace("first.security", "network.workload_security")) for a, b, c in joined("first", "access")
        ),
        "tenant-security-group-admits-only-itself",
    ),
    "tenants' groups admit the network": (
        ((ACCESS, FROM_ITSELF, FROM_ITSELF.replace(ITSELF, 'cidr_ipv4="10.0.0.0/16",')),),
        "tenant-security-group-admits-only-itself",
    ),
    "roles carry the group of another tenant": (
        ((ACCESS, ROLE_TAGS, ROLE_TAGS.replace("self._tags(role_name)", 'self._tags(role_name), "user": "alice"')),),
        "tenant-resource-references-only-own",
    ),
    "the perimeter is not attached": (
        ((ACCESS, ATTACHED, 'for purpose in purposes if purpose != "perimeter"]'),),
        "iam-tenant-role-carries-guardrails",
    ),
    "a guardrail is not attached": (
        ((ACCESS, ATTACHED, 'for purpose in purposes if purpose != "tenancy"]'),),
        "iam-tenant-role-carries-guardrails",
    ),
    "the boundary is attached as a grant": (
        ((ACCESS, ATTACHED, 'for purpose in (*purposes, "boundary")]'),),
        "iam-tenant-role-carries-guardrails",
    ),
    "job roles start work": (
        (
            (
                TENANT_DOCUMENTS,
                'JOB_ROLE_CARRIES = (*GUARDRAILS, "data"',
                'JOB_ROLE_CARRIES = (*GUARDRAILS, "work", "data"',
            ),
        ),
        "iam-tenant-role-carries-guardrails",
    ),
    "a policy made by hand is attached": (
        ((ACCESS, ATTACHED, f'{ATTACHED} + ["arn:aws:iam::111122223333:policy/by-hand"]'),),
        "iam-attachment-uses-listed-aws-policies",
    ),
    "a policy of AWS is attached": (
        ((ACCESS, ATTACHED, f'{ATTACHED} + ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]'),),
        "iam-attachment-uses-listed-aws-policies",
    ),
    "attachments are not exclusive": (
        ((ACCESS, CREATES_ATTACHMENTS, ""),),
        "iam-tenant-role-is-exclusive",
    ),
    "inline policies are nobody's": (
        ((ACCESS, HOLDS_NOTHING_INLINE, ""),),
        "iam-tenant-role-is-exclusive",
    ),
    "an inline policy may stay": (
        ((ROLES, "policy_names=[policy.name for policy in policies]", 'policy_names=["by-hand"]'),),
        "iam-tenant-role-is-exclusive",
    ),
    "sessions last half a day": (((ROLES, "ONE_HOUR = 3600", "ONE_HOUR = 43200"),), "iam-role-session-is-short"),
    "anything may work as a job role": (
        ((TRUST, TRUSTED_JOBS, "own_account(scope)"),),
        "iam-job-role-trust-names-its-sources",
    ),
    "notebook roles have the name of job roles": (
        (
            (
                ACCESS,
                "tenant_role_name(self._args.tenant, kind)",
                'tenant_role_name(self._args.tenant, {"job": "notebook", "notebook": "job"}[kind])',
            ),
        ),
        "iam-job-role-trust-names-its-sources",
    ),
    "SageMaker may act for any account": (
        ((TRUST, '"aws:SourceAccount"', '"aws:SourceAccounts"'),),
        "iam-role-trust-guards-service-caller",
    ),
    "tenants' roles speak of user names": (
        (
            (
                "components/documents/scope.py",
                'OWN_USER = "${aws:PrincipalTag/user}"',
                'OWN_USER = "${aws:username}"',
            ),
        ),
        "iam-role-policy-avoids-username-variable",
    ),
    "tenants' roles may do whatever SageMaker does": (
        (("components/documents/work.py", 'actions=("sagemaker:CreateModel",)', 'actions=("sagemaker:*",)'),),
        "iam-sagemaker-role-has-no-wildcard-action",
    ),
    "tenants' roles take on others": (
        (("components/documents/work.py", 'actions=("sagemaker:CreateModel",)', 'actions=("sts:AssumeRole",)'),),
        "iam-sagemaker-role-has-no-wildcard-action",
    ),
    "tenants' roles carry more than AWS takes": (
        ((ACCESS, ATTACHED, "for purpose in (*purposes, *map(str, range(9)))]"),),
        "iam-principal-fits-attachment-quota",
    ),
    "an instance works as a tenant's role": (
        (added(f'aws.iam.InstanceProfile("profile", role="ml-dev-alice-notebook", {SHARED})'),),
        "iam-instance-profile-role-is-own",
    ),
    "a tenant's name holds the separator": (
        (added(f'aws.iam.Role("odd", assume_role_policy="{{}}", tags={{"user": "a--b"}}, {OPTIONS})'),),
        "tenant-names-are-prefix-free",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_tenants_that_are_not_apart(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_refuses_a_role_that_is_replaced_behind_its_output(sabotage: Any) -> None:
    replaced = ROLE.replace(",", '.apply(lambda _: "arn:aws:iam::111122223333:role/admin"),')
    verdict = sabotage((TENANTS_PART, ROLE, replaced), mode="deployed")
    assert "sagemaker-execution-role-is-not-shared" in verdict.refusals()
    assert verdict.exit_code == 1
