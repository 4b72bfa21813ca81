"""The pack's README and profiles say what the rules say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import export
import pytest
import run_time
import yaml
from catalogue import BY_ID, RULES

from tests.batches import each_of

PACK = Path(export.README).parent
README = export.README.read_text(encoding="utf-8")
PROFILES = sorted((PACK / "profiles").glob("*.json"))


def test_the_rule_table_is_fresh() -> None:
    assert export.refreshed(README) == README, "write: python policy_pack/export.py"


def test_a_stale_table_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "README.md"
    stale.write_text(README.replace("| mandatory |", "| advisory |", 1), encoding="utf-8")
    monkeypatch.setattr(export, "README", stale)
    assert export.main(["--check"]) == 1
    assert export.main([]) == 0
    assert export.main(["--check"]) == 0


def test_the_conformance_pack_is_fresh() -> None:
    assert export.CHECKS.read_text(encoding="utf-8") == run_time.conformance_pack(), (
        "write: python policy_pack/export.py"
    )


def test_a_stale_conformance_pack_is_seen_and_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "conformance_pack.yaml"
    stale.write_text("Resources: {}\n", encoding="utf-8")
    monkeypatch.setattr(export, "CHECKS", stale)
    assert export.main(["--check"]) == 1
    assert export.main([]) == 0
    assert export.main(["--check"]) == 0


def test_the_conformance_pack_is_written_where_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "own.yaml"
    assert export.main(["--conformance-pack", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == run_time.conformance_pack()
    assert export.main(["--conformance-pack"]) == 2
    assert export.main(["--check", "--conformance-pack", str(target)]) == 2
    assert export.main(["--conformance-pack", str(tmp_path / "none" / "x")]) == 2
    said = capsys.readouterr().err
    assert "takes one file and nothing beside" in said
    assert "cannot be written: No such file or directory" in said


def test_a_check_stands_for_every_rule_that_a_runtime_audit_mirrors_and_config_can_ask() -> None:
    resources = yaml.safe_load(run_time.conformance_pack())["Resources"]
    sources = {one["Properties"]["Source"]["SourceIdentifier"]: one for one in resources.values()}
    wanted = {
        name.removeprefix("Config ")
        for rule in RULES
        for name in rule.frameworks
        if name.startswith("Config ") and "runtime audit" in rule.mirrored_by
    }
    assert len(wanted) > 40
    assert set(sources) == wanted | {"ACCESS_KEYS_ROTATED"}
    assert len(resources) == len(sources), "two checks of one name"
    assert sources["ACCESS_KEYS_ROTATED"]["Properties"]["InputParameters"] == {"maxAccessKeyAge": "90"}
    assert set(run_time.PARAMETERS) <= set(sources), "a parameter of no check"


def test_the_conformance_pack_fits_what_config_takes() -> None:
    text = run_time.conformance_pack()
    assert len(text.encode()) < 51_200, "PutConformancePack takes no longer template [LIVE]"
    assert len(run_time.checks()) <= 130, "a conformance pack holds no more rules [LIVE]"


def test_an_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert export.main(["--chekc"]) == 2
    assert "--check" in capsys.readouterr().err


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.name)
def test_a_profile_names_rules_and_their_options(profile: Path) -> None:
    given: dict[str, Any] = json.loads(profile.read_text(encoding="utf-8"))
    for name, options in given.items():
        assert name in BY_ID
        assert set(options) <= {*BY_ID[name].options, "enforcementLevel"}


def test_the_readme_shows_the_standalone_profile() -> None:
    shown = README.split("```json\n")[1].split("```")[0]
    assert json.loads(shown) == json.loads((PACK / "profiles" / "standalone.json").read_text(encoding="utf-8"))


def test_a_rule_lies_in_the_file_of_its_id() -> None:
    files = {path.stem.replace("_", "-") for path in (PACK / "rules").glob("*.py")} - {"--init--"}
    assert {rule.id for rule in RULES} == files


def test_ids_and_merged_rows_are_told_apart() -> None:
    ids = [rule.id for rule in RULES] + [alias for rule in RULES for alias in rule.aliases]
    assert len(ids) == len(set(ids))


def test_deferred_comes_last() -> None:
    assert RULES[-1].id == "deferred"


@each_of("rule", RULES, says=lambda rule: rule.id)
def test_a_rule_says_what_to_do_and_where_to_read(rule: Any) -> None:
    assert rule.remediation.endswith(".")
    assert rule.title
    assert rule.url.startswith(("https://docs.aws.amazon.com/", "https://www.pulumi.com/"))
