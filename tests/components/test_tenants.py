"""What all tenants share, and what each has of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from components.documents.tenant_documents import (
    JOB_ROLE_CARRIES,
    NOTEBOOK_ROLE_CARRIES,
    boundary_document,
    tenant_documents,
)
from components.documents.trust import job_role_trust, notebook_role_trust
from components.tenant_access import TenantAccessArgs
from components.tenant_policies import TenantPoliciesArgs
from tests.components.building import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.model import PolicyDocument
    from components.documents.scope import Scope
    from components.tenant_policies import TenantPolicies
    from tests.components.recording import Recording

ROLE, POLICY = "aws:iam/role:Role", "aws:iam/policy:Policy"
ATTACHMENTS = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
INLINE = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
GROUP = "id-of-tenant-alice-group"
CARRIES = {"notebook": NOTEBOOK_ROLE_CARRIES, "job": JOB_ROLE_CARRIES}
KINDS = sorted(CARRIES)


def ids_of(document: PolicyDocument, everything: Recording) -> dict[str, str]:
    bound = everything.one("closed-sagemaker:tenant:TenantPolicies").inputs["plannedReferences"]
    return {name: everything.one(*bound[name].split("|")).id for name in document.references()}


def test_each_shared_document_becomes_one_managed_policy(everything: Recording, scope: Scope) -> None:
    documents = {"boundary": boundary_document(scope), **tenant_documents(scope)}
    assert {each.inputs["name"] for each in everything.of(POLICY)} == {f"ml-dev-tenant-{name}" for name in documents}
    for purpose, planned in documents.items():
        policy = everything.one(POLICY, f"tenants-{purpose}")
        assert policy.inputs["policy"] == planned.render(ids_of(planned, everything)), purpose
        assert "alice" not in policy.inputs["policy"], "a document written for one tenant grows with tenants"


def test_policies_wait_for_what_their_documents_name(everything: Recording) -> None:
    for each in everything.of(POLICY):
        assert {"raw-bucket", "results-bucket", "notebook-lifecycle-configuration"} <= each.dependencies, each.name


def test_a_stack_with_too_many_zones_for_its_documents_registers_no_policy(run: Callable[..., Recording]) -> None:
    parts = Parts()
    parts.scope = replace(parts.scope, zone_ids=tuple(f"apne1-az{number}" for number in range(200)))
    with pytest.raises(
        ValueError,
        match=r"policy network: [0-9]+ characters given, 6144 are allowed by AWS; most of them in ForeignSubnet \(",
    ):
        run(lambda: parts.policies({}, [parts.key()]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_lies_under_its_tenant_and_carries_the_tenants_tags(everything: Recording, kind: str) -> None:
    role = everything.one(ROLE, f"tenant-alice-{kind}-role")
    assert role.inputs["name"] == f"ml-dev-alice-{kind}"
    assert role.inputs["path"] == "/tenants/alice/"
    assert role.inputs["tags"] == {"Name": f"ml-dev-alice-{kind}", "user": "alice", "security-group": GROUP}
    assert role.through["tags"] == {"tenant-alice-group"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_has_the_boundary_an_hour_and_lets_go_of_its_policies(everything: Recording, kind: str) -> None:
    role = everything.one(ROLE, f"tenant-alice-{kind}-role")
    assert role.inputs["permissionsBoundary"] == "arn:aws:iam::111122223333:policy/ml-dev-tenant-boundary"
    assert "tenants-boundary" in role.dependencies, "a plain ARN alone would let the role be made first"
    assert role.inputs["maxSessionDuration"] == 3600
    assert role.inputs["forceDetachPolicies"] is True
    assert not {"managedPolicyArns", "inlinePolicies"} & set(role.inputs)


def test_each_role_trusts_only_what_its_kind_is_for(everything: Recording, scope: Scope) -> None:
    for kind, trust in (("notebook", notebook_role_trust(scope)), ("job", job_role_trust(scope))):
        role = everything.one(ROLE, f"tenant-alice-{kind}-role")
        assert json.loads(role.inputs["assumeRolePolicy"]) == trust.to_dict(), kind


@pytest.mark.parametrize("kind", KINDS)
def test_attachments_are_exactly_the_shared_policies_of_the_kind(everything: Recording, kind: str) -> None:
    attachments = everything.one(ATTACHMENTS, f"tenant-alice-{kind}-attachments")
    arns = [f"arn:aws:iam::111122223333:policy/ml-dev-tenant-{purpose}" for purpose in CARRIES[kind]]
    assert attachments.inputs["policyArns"] == arns
    assert 0 < len(arns) <= 10, "IAM's default quota of attachments"
    assert attachments.through["roleName"] == {f"tenant-alice-{kind}-role"}
    assert {f"tenants-{purpose}" for purpose in CARRIES[kind]} <= attachments.dependencies


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_has_no_inline_policies_and_keeps_none(everything: Recording, kind: str) -> None:
    inline = everything.one(INLINE, f"tenant-alice-{kind}-inline")
    assert inline.inputs == {"policyNames": [], "roleName": f"ml-dev-alice-{kind}"}
    assert inline.through["roleName"] == {f"tenant-alice-{kind}-role"}


def test_the_own_group_joins_only_itself(everything: Recording) -> None:
    for kind in ("Ingress", "Egress"):
        rules = everything.of(f"aws:vpc/securityGroup{kind}Rule:SecurityGroup{kind}Rule")
        own = [each.inputs for each in rules if GROUP in each.inputs.values()]
        assert len(own) == 1, kind
        assert own[0]["securityGroupId"] == own[0]["referencedSecurityGroupId"] == GROUP
        assert own[0]["ipProtocol"] == "-1"
    group = everything.one("aws:ec2/securityGroup:SecurityGroup", "tenant-alice-group")
    assert group.inputs["tags"]["user"] == "alice"
    assert group.inputs["vpcId"] == "id-of-network-vpc"


def test_the_plan_says_which_id_rides_on_the_roles(everything: Recording) -> None:
    planned = everything.one("closed-sagemaker:tenant:TenantAccess").inputs
    assert planned["plannedTags"] == {
        f"{ROLE}|tenant-alice-{kind}-role|tags": {"security-group": "{{security-group/alice}}"} for kind in KINDS
    }
    assert planned["plannedReferences"] == {
        "security-group/alice": "aws:ec2/securityGroup:SecurityGroup|tenant-alice-group"
    }


def test_two_tenants_share_every_policy_and_no_group(run: Callable[..., Recording]) -> None:
    parts = Parts()

    def program() -> None:
        network = parts.network()
        endpoints, keys = parts.endpoints(network), [parts.key(purpose) for purpose in ("data", "volumes", "partners")]
        references = {**network.references, **endpoints.references}
        references |= {name: bound for key in keys for name, bound in key.references.items()}
        policies = parts.policies(references, keys)
        for tenant in ("dev", "dev-2"):
            parts.access(tenant, network, policies)

    recording = run(program)
    dev, twin = (
        {kind: recording.one(ROLE, f"tenant-{tenant}-{kind}-role").inputs for kind in KINDS}
        for tenant in ("dev", "dev-2")
    )
    for kind in KINDS:
        assert dev[kind]["assumeRolePolicy"] == twin[kind]["assumeRolePolicy"]
        assert dev[kind]["tags"]["security-group"] != twin[kind]["tags"]["security-group"]
    attached = {tuple(each.inputs["policyArns"]) for each in recording.of(ATTACHMENTS)}
    assert len(attached) == 2, "one set for notebook roles, one for job roles, whoever the tenant is"


@pytest.mark.parametrize(
    "tenant",
    ["platform", "workload", "endpoints", "bastion", "a", "Alice", "a--b", "-ab", "ab-", "x" * 21, "alice\n", "al ice"],
)
def test_a_name_that_is_no_tenants_is_refused(scope: Scope, tenant: str) -> None:
    policies = cast("TenantPolicies", None)
    TenantAccessArgs(scope=scope, tenant="alice", vpc_id="vpc-1", policies=policies)
    with pytest.raises(ValueError, match="3 to 20 small letters"):
        TenantAccessArgs(scope=scope, tenant=tenant, vpc_id="vpc-1", policies=policies)


def test_policies_that_name_nothing_are_refused(scope: Scope) -> None:
    with pytest.raises(ValueError, match="named: nothing given"):
        TenantPoliciesArgs(scope=scope, references={}, named=[])
