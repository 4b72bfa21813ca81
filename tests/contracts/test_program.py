"""The program as a whole: what it wires, in which order, and what it never does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import settings
from components.bastion_host import ACCOUNT_TAGS, TAG_CHARACTERS
from components.endpoint_services import EC2_MESSAGES, FEATURE_SERVICES, S3_INTERFACE, services_for
from components.tenant_access import RESERVED
from tests.contracts.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording, Registered

DATA_AND_IDENTITY = ("aws:s3/", "aws:kms/", "aws:iam/")
WAYS_OUT = re.compile(
    "InternetGateway|NatGateway|Egress[Oo]nlyInternetGateway|Peering|Transit|:Eip|VpnGateway|VpnConnection|ClientVpn|"
    "ec2/route:Route|CarrierGateway|LocalGateway|Lattice|VpcEndpointService"
)


def test_no_way_out_is_created_and_no_route_is_written(program: Recording) -> None:
    assert [each.type for each in program.custom() if WAYS_OUT.search(each.type)] == []
    # A network ACL knows no prefix lists: its entry for S3 names every address, and the routes lead nowhere else.
    text = json.dumps([each.inputs for each in program.resources if each.type != "aws:ec2/networkAcl:NetworkAcl"])
    assert "0.0.0.0/0" not in text
    assert "::/0" not in text


def test_the_network_acl_lets_nothing_but_https_out_of_the_network(program: Recording) -> None:
    acl = program.one("aws:ec2/networkAcl:NetworkAcl")
    assert "::/0" not in json.dumps(acl.inputs)
    outside = [entry for entry in acl.inputs["egress"] if entry["cidrBlock"] == "0.0.0.0/0"]
    assert [(entry["protocol"], entry["fromPort"], entry["toPort"]) for entry in outside] == [("tcp", 443, 443)]


def test_the_pattern_of_ways_out_knows_them() -> None:
    for token in ("aws:ec2/internetGateway:InternetGateway", "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"):
        assert WAYS_OUT.search(token), token
    assert not WAYS_OUT.search("aws:ec2/routeTable:RouteTable")


def test_one_explicit_provider_pinned_to_the_account_makes_everything(program: Recording) -> None:
    provider = program.one("pulumi:providers:aws")
    assert provider.name == "aws"
    assert provider.inputs["region"] == "ap-northeast-1"
    assert json.loads(provider.inputs["allowedAccountIds"]) == ["111122223333"]
    assert {each.provider for each in program.custom()} == {"aws"}


def dependencies(recording: Recording) -> dict[str, set[str]]:
    """Return for each resource everything that exists before it."""
    direct = {each.name: each.dependencies for each in recording.resources}
    reached: dict[str, set[str]] = {}

    def before(name: str) -> set[str]:
        if name not in reached:
            reached[name] = set()
            reached[name] = {further for each in direct.get(name, ()) for further in {each, *before(each)}}
        return reached[name]

    return {each.name: before(each.name) for each in recording.resources}


def physical_names(resource: Registered) -> list[str]:
    """Return the names by which others may mention a resource: given names only, never what AWS mints."""
    named = {"Role": "name", "Policy": "name", "Bucket": "bucket", "NotebookInstanceLifecycleConfiguration": "name"}
    key = named.get(resource.type.split(":")[-1])
    return [resource.inputs[key]] if key else []


def texts_of(resource: Registered) -> str:
    return json.dumps({key: value for key, value in resource.inputs.items() if key != "tags"})


def test_whoever_names_a_resource_as_text_comes_after_it(program: Recording) -> None:
    before = dependencies(program)
    seen = 0
    for named in program.custom():
        for name in physical_names(named):
            whole = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9-])")
            for other in program.custom():
                if other is not named and whole.search(texts_of(other)):
                    seen += 1
                    assert named.name in before[other.name], f"{other.name} names {name} and may be made before it"
    assert seen > 60, "boundaries, attachments, bucket policies and tenant policies name others"


def test_notebooks_start_after_the_attachments_of_their_role_and_after_the_endpoints(program: Recording) -> None:
    before = dependencies(program)
    for tenant in ("alice", "bob", "carol"):
        waits = before[f"notebook-{tenant}-instance"]
        assert f"tenant-{tenant}-notebook-attachments" in waits
        assert {"endpoints-sagemaker.api", "endpoints-s3", "endpoints-workloads-to-endpoints"} <= waits


def test_dependencies_hold_no_cycle(program: Recording) -> None:
    assert [name for name, before in dependencies(program).items() if name in before] == []


def test_without_notebooks_there_is_no_notebook_and_no_script_but_tenants_keep_their_roles(
    varied: Callable[..., Recording],
) -> None:
    recording = varied(features=["training"])
    assert not [each for each in recording.resources if "otebook" in each.type]
    assert {each.inputs["name"] for each in recording.of("aws:iam/role:Role")} >= {
        f"ml-dev-{tenant}-{kind}" for tenant in ("alice", "bob", "carol") for kind in ("notebook", "job")
    }


def test_a_tenant_added_changes_nothing_that_exists(program: Recording, varied: Callable[..., Recording]) -> None:
    def inputs(recording: Recording) -> dict[str, Any]:
        return {f"{each.type}|{each.name}": each.inputs for each in recording.resources}

    old, new = inputs(program), inputs(varied(tenants={"alice": {}, "bob": {}, "carol": {}, "dave": {}}))
    # But for the tag that names the accounts of the bastion, which changes in place.
    bastion = "aws:ec2/instance:Instance|bastion-instance"
    assert new[bastion]["tags"].pop("accounts-1") == "alice bob carol dave"
    assert old[bastion]["tags"].pop("accounts-1") == "alice bob carol"
    assert {place: new[place] for place in old} == old
    added = [place for place in new if place not in old]
    parts = "three components, a group, its rules, two roles, their exclusions, notebook, user, budget, action"
    assert len(added) == 19, parts
    assert all("dave" in place for place in added)


WITHOUT_NOTEBOOKS = ["training", "inference", "bastion"]


def test_data_is_protected_in_test_and_prod(program: Recording, varied: Callable[..., Recording]) -> None:
    assert not [each for each in program.resources if each.protect]
    for environment in ("test", "prod"):
        resources = varied(environment=environment, features=WITHOUT_NOTEBOOKS).resources
        kept = {each.name for each in resources if each.protect}
        assert kept == {
            *(f"{key}-key" for key in ("data", "volumes", "logs", "partners")),
            *(f"{purpose}-bucket" for purpose in ("raw", "results", "shared", "staging", "audit", "access-logs")),
            *(f"work-logs-{kind}" for kind in ("ProcessingJobs", "TrainingJobs", "TransformJobs")),
            "calls-trail",
            "network-logs-flow-logs-group",
            "network-logs-dns-queries-group",
        }


def test_a_partner_changes_the_staging_bucket_and_its_key_and_nothing_else(
    program: Recording, varied: Callable[..., Recording]
) -> None:
    partner = {"role": "arn:aws:iam::444455556666:role/reader", "prefix": "vision", "until": "2027-03-31"}
    there = varied(partners={"vision-lab": partner})
    before, after = (
        {f"{each.type}|{each.name}": each.inputs for each in run.custom() if each.type.startswith(DATA_AND_IDENTITY)}
        for run in (program, there)
    )
    changed = {place for place, inputs in after.items() if before[place] != inputs}
    assert changed == {"aws:s3/bucketPolicy:BucketPolicy|staging-policy", "aws:kms/key:Key|partners-key"}
    assert all("role/reader" in json.dumps(after[place]) for place in changed)


def test_a_data_administrator_is_a_tag_of_one_notebook_role(
    program: Recording, varied: Callable[..., Recording]
) -> None:
    there = varied(tenants={"alice": {"data-administrator": True}, "bob": {}, "carol": {}})
    tagged = {
        each.name for each in there.of("aws:iam/role:Role") if "data-administrator" in each.inputs.get("tags", {})
    }
    assert tagged == {"tenant-alice-notebook-role"}
    policies = {each.name: each.inputs["policy"] for each in program.of("aws:iam/policy:Policy")}
    assert {each.name: each.inputs["policy"] for each in there.of("aws:iam/policy:Policy")} == policies


def test_given_subnets_are_used_as_they_are(varied: Callable[..., Recording]) -> None:
    own = {"apne1-az1": "10.0.8.0/24", "apne1-az4": "10.0.16.0/23"}
    network = {"cidr": "10.0.0.0/16", "zones": list(own), "subnets": own}
    subnets = varied(network=network).of("aws:ec2/subnet:Subnet")
    assert {each.inputs["availabilityZoneId"]: each.inputs["cidrBlock"] for each in subnets} == own


def test_settings_and_components_know_the_same_features_and_endpoints() -> None:
    assert {feature.value for feature in settings.Feature} == set(FEATURE_SERVICES)
    for declared in ([], *([feature] for feature in FEATURE_SERVICES), list(FEATURE_SERVICES)):
        for extra in ((), (S3_INTERFACE, EC2_MESSAGES)):
            raised = {service.key for service in services_for(declared, *extra) if not service.gateway}
            counted = settings.interface_endpoints(declared, s3_interface=bool(extra), legacy_agent=bool(extra))
            assert sorted(counted) == sorted(raised), declared
    assert (settings.TAG_CHARACTERS, settings.ACCOUNT_TAGS) == (TAG_CHARACTERS, ACCOUNT_TAGS)
    assert set(settings.RESERVED) == set(RESERVED)


def test_the_program_is_a_table_of_contents() -> None:
    text = (ROOT / "__main__.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    assert not re.search(r"^(def|class) ", text, re.MULTILINE)
    assert "lambda" not in text


def test_only_the_rooms_that_may_know_settings_import_it() -> None:
    for path in Path(ROOT / "components").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(import settings|from settings)", text, re.MULTILINE), path.name
        assert "pulumi.Config" not in text, path.name


def test_tenants_named_like_parts_of_the_platform_collide_with_nothing(varied: Callable[..., Recording]) -> None:
    tenants = ("network", "data", "raw", "tenants", "alice", "alice-notebook", "alice-group")
    recording = varied(tenants={tenant: {} for tenant in tenants})
    roles = [each for each in recording.of("aws:iam/role:Role") if each.inputs["path"].startswith("/tenants/")]
    assert len(roles) == 2 * len(tenants)
