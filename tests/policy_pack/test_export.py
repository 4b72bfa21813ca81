"""The pack's README and profiles say what the rules say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import export
import pytest
from catalogue import BY_ID, RULES

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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_to_do_and_where_to_read(rule: Any) -> None:
    assert rule.remediation.endswith(".")
    assert rule.title
    assert rule.url.startswith(("https://docs.aws.amazon.com/", "https://www.pulumi.com/"))
