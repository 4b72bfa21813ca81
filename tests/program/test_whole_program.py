"""The repository's own program under the preview's monitor: what the engine and the pack get to see of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview.values import UNKNOWN
from tests.recorded import recorded

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]
TENANTS = ("alice", "bob", "carol")
ACCESS = "closed-sagemaker:tenant:TenantAccess"


@pytest.fixture(scope="module")
def first() -> Recording:
    """The program as a first preview sees it: ids are unknown."""
    return recorded("dev", "first")


@pytest.fixture(scope="module")
def deployed() -> Recording:
    """The program as deployed, with stand-in ids."""
    return recorded("dev", "deployed")


def test_both_runs_register_the_same_resources(first: Recording, deployed: Recording) -> None:
    assert set(first.states) == set(deployed.states)
    assert len(first.states) > 80


def test_every_aws_resource_hangs_under_a_component_and_uses_the_one_provider(first: Recording) -> None:
    clouds = [state for state in first.states.values() if state.type.startswith("aws:")]
    providers = {state.goal.provider.split("::")[2:4][-1] for state in clouds}
    parents = {first.states[state.goal.parent].type.split(":")[0] for state in clouds}
    assert len(clouds) > 60
    assert len({state.goal.provider for state in clouds}) == 1, providers
    assert parents == {"closed-sagemaker"}
    assert len(first.of_type("pulumi:providers:aws")) == 1


def test_the_provider_is_pinned_to_the_account_and_tags_no_owner(first: Recording) -> None:
    (provider,) = first.of_type("pulumi:providers:aws")
    assert json.loads(provider.inputs["allowedAccountIds"]) == ["111122223333"]
    tags = json.loads(provider.inputs["defaultTags"])["tags"]
    assert tags == {"environment": "dev", "project": "closed-sagemaker", "managed-by": "pulumi"}


def test_default_tags_reach_resources_without_an_owner_of_their_own(deployed: Recording) -> None:
    (vpc,) = deployed.of_type("aws:ec2/vpc:Vpc")
    assert vpc.inputs["tags"]["user"] == "platform"
    assert vpc.inputs["tagsAll"] == {
        **vpc.inputs["tags"],
        "environment": "dev",
        "project": "closed-sagemaker",
        "managed-by": "pulumi",
    }


def test_plans_reach_the_pack_in_full_while_ids_are_unknown(first: Recording) -> None:
    (policies,) = first.of_type("closed-sagemaker:tenant:TenantPolicies")
    documents = policies.inputs["plannedDocuments"]
    assert len(documents) == 10
    assert "{{subnet/apne1-az1}}" in json.dumps(documents)
    network = first.named("tenants-network")
    assert network.inputs["policy"] is UNKNOWN


def test_the_same_documents_are_rendered_once_ids_are_known(deployed: Recording) -> None:
    policies = deployed.of_type("aws:iam/policy:Policy")
    texts = [state.inputs["policy"] for state in policies]
    assert len(texts) == 26, "eleven of the tenants, thirteen of people, of emergency role and bastion one each"
    assert all(isinstance(text, str) and "{{" not in text for text in texts)
    assert all(json.loads(text)["Version"] == "2012-10-17" for text in texts)


def test_every_tenant_gets_the_same_parts_and_only_its_own_name(deployed: Recording) -> None:
    shapes: dict[str, Any] = {}
    for tenant in TENANTS:
        mine = [state for state in deployed.states.values() if f"tenant-{tenant}" in state.name]
        shapes[tenant] = sorted((state.type, state.name.replace(tenant, "X")) for state in mine)
        text = " ".join(str(state.inputs) for state in mine)
        assert tenant in text
        assert [other for other in TENANTS if other != tenant and other in text] == []
    assert shapes["alice"] == shapes["bob"] == shapes["carol"]
    assert len(shapes["alice"]) == 10


def test_a_role_carries_the_id_of_its_own_group_and_waits_for_it(deployed: Recording) -> None:
    for tenant in TENANTS:
        role = deployed.named(f"tenant-{tenant}-notebook-role")
        group = deployed.named(f"tenant-{tenant}-group")
        assert role.inputs["tags"]["security-group"] == group.id
        assert group.urn in role.goal.property_dependencies["tags"]


def test_notebooks_wait_for_the_attachments_of_their_role(first: Recording) -> None:
    for tenant in TENANTS:
        notebook = first.named(f"notebook-{tenant}-instance")
        attachments = first.named(f"tenant-{tenant}-notebook-attachments")
        assert attachments.urn in notebook.goal.dependencies


def test_the_program_asks_the_cloud_nothing(first: Recording) -> None:
    assert [state.urn for state in first.states.values() if state.external] == []


def test_outputs_tell_names_and_no_secret(deployed: Recording) -> None:
    tenants = {*(f"tenant-{tenant}" for tenant in TENANTS), "report-network-cost", "report-network-savings"}
    people = {f"person-{name}" for name in ("ann", "ben", "cleo", "adam", "delia", "audrey")}
    tenants |= {"break-glass-role", *people}
    assert set(deployed.outputs) == {"vpc-id", "endpoint-ids", "bastion-id", "buckets", "keys", "trail", *tenants}
    assert deployed.outputs["buckets"] == {
        purpose: f"ml-dev-{purpose}-7f3a" for purpose in ("raw", "results", "shared", "staging", "audit", "access-logs")
    }
