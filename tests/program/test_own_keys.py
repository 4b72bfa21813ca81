"""The whole program with a key for each tenant, through the real pack (S3-A9)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview import in_process

if TYPE_CHECKING:
    from preview.in_process import Recording

pytestmark = pytest.mark.verify

ROOT = Path(__file__).resolve().parents[2]
TENANTS = ("alice", "bob", "carol")
DATA = {"suffix": "7f3a", "keys": {"data": "per-tenant"}}
PROGRAM = ("__main__.py", "wiring", "settings", "components", "Pulumi.yaml", "stack.schema.json")
SUFFIX = re.compile(r'    suffix: "\w+"\n')


@pytest.fixture(scope="module")
def deployed() -> Recording:
    """The program as deployed, with stand-in ids."""
    return in_process.run(ROOT, stack="dev", mode="deployed", config={"closed-sagemaker:data": json.dumps(DATA)})


def test_each_tenant_has_a_key_whose_policy_names_it_and_no_other(deployed: Recording) -> None:
    for tenant in TENANTS:
        key = deployed.named(f"tenant-{tenant}-key")
        assert key.inputs["tags"]["user"] == tenant
        assert [name for name in TENANTS if f'"{name}"' in key.inputs["policy"]] == [tenant]
        assert deployed.named(f"tenant-{tenant}-alias").inputs["name"] == f"alias/ml-dev-tenant-{tenant}"


def test_roles_and_people_carry_the_id_of_their_tenants_key(deployed: Recording) -> None:
    holders = {"alice": "person-ann-user", "bob": "person-ben-user", "carol": "person-cleo-user"}
    for tenant, person in holders.items():
        key = deployed.named(f"tenant-{tenant}-key")
        for name in (f"tenant-{tenant}-notebook-role", f"tenant-{tenant}-job-role", person):
            assert deployed.named(name).inputs["tags"]["data-key"] == key.id, name
            assert key.urn in deployed.named(name).goal.property_dependencies["tags"]
    for name in ("person-adam-user", "person-audrey-user"):
        assert "data-key" not in deployed.named(name).inputs["tags"]


def test_a_tenant_is_told_the_key_that_its_uploads_must_name(deployed: Recording) -> None:
    for tenant in TENANTS:
        told, key = deployed.outputs[f"tenant-{tenant}"]["key"], deployed.named(f"tenant-{tenant}-key")
        assert told == f"arn:aws:kms:ap-northeast-1:111122223333:key/{key.id}"


def test_volumes_of_notebooks_are_under_their_tenants_key(deployed: Recording) -> None:
    for tenant in TENANTS:
        key, notebook = deployed.named(f"tenant-{tenant}-key"), deployed.named(f"notebook-{tenant}-instance")
        assert key.urn in notebook.goal.property_dependencies["kmsKeyId"]


def test_shared_documents_name_no_tenant(deployed: Recording) -> None:
    for policy in deployed.of_type("aws:iam/policy:Policy"):
        assert not [tenant for tenant in TENANTS if tenant in policy.inputs["policy"]], policy.name


@pytest.mark.parametrize(
    ("stack", "person", "questions"),
    [("dev", "person-ann-user", 3 + 6 + 3), ("federated", "person-ann-role", 2 + 4 + 2)],
)
def test_the_pack_and_every_claim_agree_in_both_runs(stack: str, person: str, questions: int, tmp_path: Path) -> None:
    """The claim about each lock asks once a key, and once a role and person of a tenant."""
    for name in (*PROGRAM, f"Pulumi.{stack}.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    file = tmp_path / f"Pulumi.{stack}.yaml"
    (suffix,) = SUFFIX.findall(text := file.read_text(encoding="utf-8"))
    file.write_text(text.replace(suffix, suffix + "    keys: {data: per-tenant}\n"), encoding="utf-8")
    report = tmp_path / "preview.json"
    command = [sys.executable, "-m", "preview", "--program", str(tmp_path), "--stack", stack, "--json", str(report)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    runs: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["runs"]
    assert len(runs) == 2
    for run in runs.values():
        assert [row for row in run["diagnostics"] if row["level"] == "mandatory"] == []
        claims = {row["id"]: row for row in run["claims"]}
        assert [name for name, row in claims.items() if row["verdict"] not in ("proved", "possible")] == []
        assert claims["own-keys-serve-their-owner"]["questions"] == questions
    made = {each["name"]: each for each in runs["deployed"]["resources"]}
    assert made[person]["inputs"]["tags"]["data-key"] == made["tenant-alice-key"]["outputs"]["id"]
