"""The stack file of the repository and the schema that editors read beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from settings import Settings, parse
from settings.schema import SCHEMA_FILE, rendered

ROOT = Path(__file__).resolve().parents[2]
StackOf = Any


@pytest.fixture
def schema() -> jsonschema.Draft7Validator:
    found = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(found)
    return jsonschema.Draft7Validator(found)


def _stack_files() -> list[Path]:
    return sorted(ROOT.glob("Pulumi.*.yaml"))


def _settings(path: Path) -> Settings:
    config = yaml.safe_load(path.read_text(encoding="utf-8"))["config"]
    handed_over = {key: each if isinstance(each, str) else json.dumps(each) for key, each in config.items()}
    return parse(handed_over, project="closed-sagemaker", stack=path.name.split(".")[1])


def test_the_schema_is_fresh() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == rendered(), "run python -m settings.schema"


@pytest.mark.parametrize("path", _stack_files(), ids=lambda path: path.name)
def test_every_stack_file_fits_the_schema_and_the_settings(path: Path, schema: jsonschema.Draft7Validator) -> None:
    assert [error.message for error in schema.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))] == []
    assert _settings(path).account_id == "111122223333"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=stack.schema.json"


def test_the_development_stack_has_three_tenants_in_two_zones() -> None:
    found = _settings(ROOT / "Pulumi.dev.yaml")
    assert list(found.tenants) == ["alice", "bob", "carol"]
    assert found.network.zones == ("apne1-az1", "apne1-az4")
    assert str(found.network.cidr) == "10.0.0.0/16"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("account-id", "1"),
        ("acount-id", "111122223333"),
        ("environment", "prd"),
        ("network", {"cidr": "10.0.0.0/16", "zones": ["apne1-az1"]}),
        ("network", {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "subnets": {"a": "10.0.0.0/24"}}),
        ("tenants", {"Alice": {}}),
        ("tenants", ["alice", "alice"]),
        ("tenants", ["Alice"]),
        ("tenants", {"alice": {"volume-size-gb": 4}}),
        ("features", ["streaming"]),
        ("data", {}),
        ("quotas", {"iam_roles": 1}),
        ("pulumi:disable-default-providers", ["*"]),
        ("deployer", None),
    ],
)
def test_an_editor_marks_what_the_settings_refuse(
    stack_of: StackOf, schema: jsonschema.Draft7Validator, key: str, value: object
) -> None:
    named = key if ":" in key else f"closed-sagemaker:{key}"
    config = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    assert schema.is_valid({"config": config})
    assert not schema.is_valid({"config": {**config, named: value}})
    stack_of({key: value}).problems()


def test_an_editor_marks_an_account_id_without_quotes(stack_of: StackOf, schema: jsonschema.Draft7Validator) -> None:
    config = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    assert not schema.is_valid({"config": {**config, "closed-sagemaker:account-id": 111122223333}})
    assert stack_of({"account-id": 111122223333}).settings().account_id == "111122223333", "the digits came through"


def test_a_list_of_tenants_fits_the_schema(schema: jsonschema.Draft7Validator) -> None:
    config = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    assert schema.is_valid({"config": {**config, "closed-sagemaker:tenants": ["alice", "bob"]}})


def test_the_project_declares_no_config_and_the_one_venv() -> None:
    project = yaml.safe_load((ROOT / "Pulumi.yaml").read_text(encoding="utf-8"))
    assert project["name"] == "closed-sagemaker"
    assert "config" not in project, "the CLI would stop at the first missing key"
    assert project["runtime"] == {"name": "python", "options": {"toolchain": "pip", "virtualenv": ".venv"}}
