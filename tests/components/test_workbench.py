"""The notebooks, and what they do when they start."""

from __future__ import annotations

import base64
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from components.notebook import NotebookArgs
from components.notebook_lifecycle import NotebookLifecycleArgs, encoded, on_start_script
from tests.components.building import NAMING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.components.recording import Recording

NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance"
LIFECYCLE = "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration"
ROLE = "arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-notebook"
SUBNETS = ["subnet-1", "subnet-4"]


def test_a_notebook_stands_in_the_closed_network_and_has_no_other_way_out(everything: Recording) -> None:
    notebook = everything.one(NOTEBOOK)
    assert notebook.inputs["directInternetAccess"] == "Disabled"
    assert notebook.inputs["subnetId"] == "id-of-network-subnet-apne1-az1"
    assert notebook.inputs["securityGroups"] == ["id-of-network-workload-group", "id-of-tenant-alice-group"]


def test_a_notebook_is_hardened(everything: Recording) -> None:
    notebook = everything.one(NOTEBOOK)
    assert notebook.inputs["rootAccess"] == "Disabled"
    assert notebook.inputs["instanceMetadataServiceConfiguration"] == {"minimumInstanceMetadataServiceVersion": "2"}
    assert notebook.inputs["platformIdentifier"] == "notebook-al2023-v1"
    assert notebook.inputs["kmsKeyId"] == "arn:aws:kms:ap-northeast-1:111122223333:key/id-of-volumes-key"
    assert notebook.inputs["lifecycleConfigName"] == "ml-dev-notebook"


def test_a_notebook_belongs_to_its_tenant(everything: Recording) -> None:
    notebook = everything.one(NOTEBOOK)
    assert notebook.inputs["name"] == "alice--ml-dev-notebook"
    assert notebook.inputs["roleArn"] == ROLE
    assert notebook.inputs["tags"] == {"Name": "alice--ml-dev-notebook", "user": "alice"}
    assert (notebook.inputs["instanceType"], notebook.inputs["volumeSize"]) == ("ml.t3.medium", 5)


def test_a_notebook_waits_for_the_attachments_of_its_role_and_for_the_endpoints(everything: Recording) -> None:
    waits = everything.one(NOTEBOOK).dependencies
    assert {"tenant-alice-notebook-attachments", "tenant-alice-notebook-inline"} <= waits
    assert {"endpoints-sagemaker.api", "endpoints-workloads-to-endpoints", "endpoints-from-workloads"} <= waits
    assert "notebook-lifecycle-configuration" in waits


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"instance_type": "t3.medium"}, "'t3.medium' given, SageMaker types"),
        ({"volume_size_gb": 4}, "4 given, 5 to 16384"),
        ({"volume_size_gb": 16385}, "16385 given, 5 to 16384"),
        ({"security_group_ids": ["sg-1"]}, "1 given, two are allowed"),
    ],
)
def test_a_notebook_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    arguments: dict[str, object] = {
        "naming": NAMING,
        "tenant": "alice",
        "instance_type": "ml.t3.medium",
        "volume_size_gb": 5,
        "subnet_id": "subnet-1",
        "security_group_ids": ["sg-1", "sg-2"],
        "role_arn": ROLE,
        "key_arn": "arn",
        "lifecycle_configuration_name": "ml-dev-notebook",
        "ready": [],
    }
    NotebookArgs(**arguments)  # type: ignore[arg-type]  # one value is wrong on purpose below
    with pytest.raises(ValueError, match=words):
        NotebookArgs(**{**arguments, **change})  # type: ignore[arg-type]  # for the same reason


def test_the_lifecycle_configuration_has_the_platforms_name_and_only_an_on_start_script(everything: Recording) -> None:
    configuration = everything.one(LIFECYCLE)
    assert configuration.inputs["name"] == "ml-dev-notebook"
    assert "onCreate" not in configuration.inputs
    script = base64.b64decode(configuration.inputs["onStart"]).decode()
    assert script == on_start_script(
        NAMING, "ml-dev-results-7f3a", ["id-of-network-subnet-apne1-az1", "id-of-network-subnet-apne1-az4"]
    )
    assert configuration.through["onStart"] == {
        "results-bucket",
        "network-subnet-apne1-az1",
        "network-subnet-apne1-az4",
    }


def test_the_script_is_the_same_for_every_tenant_small_enough_and_complete() -> None:
    script = on_start_script(NAMING, "ml-dev-results-7f3a", SUBNETS * 3)
    assert "alice" not in script
    assert "@" not in script, "a placeholder was left"
    assert len(encoded(script)) < 16384, "the service takes 16384 characters"


def test_where_a_network_is_allowed_the_code_decides() -> None:
    isolated = [line for line in on_start_script(NAMING, "b", SUBNETS).splitlines() if "EnableNetworkIsolation" in line]
    free = on_start_script(NAMING, "b", SUBNETS, ("processing",))
    assert [line.split()[-1] for line in isolated] == ["true"] * 3, "an SDK default of true wins over an argument"
    assert [line.split()[-1] for line in free.splitlines() if "Isolation" in line] == ["true", "false", "true"]


def test_one_subnet_is_not_enough_for_hosting() -> None:
    with pytest.raises(ValueError, match="1 given, two or more"):
        NotebookLifecycleArgs(naming=NAMING, results_bucket="b", subnet_ids={"apne1-az1": "subnet-1"})


def start(folder: Path, answer: str, as_user: str = "true") -> subprocess.CompletedProcess[str]:
    """Run the script on this machine, its two folders moved and its two commands replaced."""
    (folder / "resource-metadata.json").write_text('{"ResourceArn":"arn:x","ResourceName":"alice--ml-dev-notebook"}')
    commands = folder / "commands"
    commands.mkdir()
    for command, body in (
        ("aws", f'printf "%s\\n" "$*" >> {folder}/calls; {answer}'),
        ("runuser", f'echo "$*" >> {folder}/users; {as_user}'),
    ):
        (commands / command).write_text(f"#!/bin/bash\n{body}\n")
        (commands / command).chmod(0o755)
    script = on_start_script(NAMING, "ml-dev-results-7f3a", SUBNETS)
    moved = script.replace("/opt/ml/metadata", str(folder)).replace("/etc/xdg/sagemaker", str(folder / "xdg"))
    assert moved.count(str(folder)) == 5, "the script writes elsewhere too"
    return subprocess.run(
        ["bash", "-c", moved],
        env={"PATH": f"{commands}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_a_start_writes_the_defaults_of_the_notebooks_tenant(tmp_path: Path) -> None:
    run = start(tmp_path, f"printf '{ROLE}\\tsg-workload, sg-alice\\n'")
    assert (run.returncode, run.stderr) == (0, "")
    written = yaml.safe_load((tmp_path / "xdg" / "config.yaml").read_text())
    network = {"Subnets": SUBNETS, "SecurityGroupIds": ["sg-workload", "sg-alice"]}
    tags = [{"Key": "user", "Value": "alice"}]
    job_role = "arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-job"
    assert written["SchemaVersion"] == "1.0"
    defaults = written["SageMaker"]
    assert defaults["PythonSDK"]["Modules"]["Session"] == {
        "DefaultS3Bucket": "ml-dev-results-7f3a",
        "DefaultS3ObjectKeyPrefix": "users/alice/",
    }
    assert defaults["TrainingJob"] == {
        "RoleArn": job_role,
        "EnableNetworkIsolation": True,
        "EnableInterContainerTrafficEncryption": True,
        "VpcConfig": network,
        "Tags": tags,
    }
    assert defaults["ProcessingJob"]["NetworkConfig"]["EnableNetworkIsolation"] is True
    assert defaults["Model"]["ExecutionRoleArn"] == job_role
    assert defaults["Model"]["EnableNetworkIsolation"] is True
    assert defaults["Model"]["VpcConfig"] == defaults["ProcessingJob"]["NetworkConfig"]["VpcConfig"] == network
    assert all(defaults[kind]["Tags"] == tags for kind in defaults if kind != "PythonSDK")


def test_a_start_asks_for_this_notebook_and_sets_the_regional_sts(tmp_path: Path) -> None:
    start(tmp_path, f"printf '{ROLE}\\tsg-workload, sg-alice\\n'")
    calls = (tmp_path / "calls").read_text()
    assert "describe-notebook-instance --region ap-northeast-1" in calls
    assert "--notebook-instance-name alice--ml-dev-notebook" in calls
    assert (
        "-l ec2-user -c aws configure set default.sts_regional_endpoints regional" in (tmp_path / "users").read_text()
    )


def test_a_notebook_with_a_role_of_no_tenant_does_not_start(tmp_path: Path) -> None:
    run = start(tmp_path, "printf 'arn:aws:iam::111122223333:role/admin\\tsg-1\\n'")
    assert run.returncode == 1
    assert "roles of this platform lie under /tenants/<tenant>/" in run.stderr
    assert not (tmp_path / "xdg").exists()


def test_a_notebook_that_cannot_describe_itself_does_not_start(tmp_path: Path) -> None:
    run = start(tmp_path, "echo AccessDenied >&2; exit 255")
    assert run.returncode != 0
    assert "AccessDenied" in run.stderr
    assert not (tmp_path / "xdg").exists()


def test_a_notebook_whose_clients_cannot_be_set_up_does_not_start(tmp_path: Path) -> None:
    run = start(tmp_path, f"printf '{ROLE}\\tsg-workload, sg-alice\\n'", as_user="exit 1")
    assert run.returncode == 1
    assert not (tmp_path / "xdg").exists()
