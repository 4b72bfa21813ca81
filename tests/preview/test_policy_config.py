"""Policy configuration is layered and refused as the engine does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from preview import policy_config
from preview.errors import PreviewError
from preview.policy_config import PolicyInfo, PolicySetting

if TYPE_CHECKING:
    from pathlib import Path

POLICIES = [
    PolicyInfo(
        name="sized",
        description="",
        level="mandatory",
        kind="resource",
        severity="",
        schema={"most": {"type": "number", "default": 5}, "names": {"type": "array"}},
        required=("most",),
    ),
    PolicyInfo(name="plain", description="", level="advisory", kind="stack", severity="", schema={}, required=()),
]


def reconciled(given: object, initial: dict[str, PolicySetting] | None = None) -> dict[str, PolicySetting]:
    return policy_config.reconcile(POLICIES, initial or {}, policy_config.parse(given), pack="pack")


def test_schema_defaults_stand_where_nobody_says_otherwise() -> None:
    assert reconciled({}) == {"sized": PolicySetting("mandatory", {"most": 5}), "plain": PolicySetting("advisory", {})}


def test_the_file_overrides_the_pack_which_overrides_the_defaults() -> None:
    initial = {"sized": PolicySetting("advisory", {"most": 6, "names": ["a"]})}
    assert reconciled({"sized": {"most": 7}}, initial)["sized"] == PolicySetting(
        "advisory", {"most": 7, "names": ["a"]}
    )


def test_all_sets_every_level_and_a_policy_of_its_own_comes_after() -> None:
    result = reconciled({"plain": "mandatory", "all": "disabled"})
    assert (result["sized"].level, result["plain"].level) == ("disabled", "mandatory")


def test_a_value_against_the_schema_is_refused_with_policy_and_property() -> None:
    with pytest.raises(PreviewError, match=r"(?s)'pack'.*sized: most: 'many' is not of type 'number'"):
        reconciled({"sized": {"most": "many"}})


def test_properties_of_a_policy_that_is_not_there_are_refused() -> None:
    with pytest.raises(PreviewError, match="missing-policy"):
        reconciled({"missing-policy": {"a": 1}})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "must be an object"),
        ({"sized": 3}, "sized"),
        ({"sized": "strict"}, "advisory, mandatory, remediate, disabled"),
        ({"sized": {"enforcementLevel": 1}}, "not an enforcement level"),
        ({"environments": ["a"]}, "Pulumi Cloud"),
    ],
)
def test_what_is_no_policy_configuration_is_refused(given: object, said: str) -> None:
    with pytest.raises(PreviewError, match=said):
        policy_config.parse(given)


def test_every_problem_of_a_file_is_told_at_once() -> None:
    with pytest.raises(PreviewError, match=r"(?s)one.*two"):
        policy_config.parse({"one": "strict", "two": 2})


def test_a_file_that_is_not_json_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"a":\n  x}', encoding="utf-8")
    with pytest.raises(PreviewError, match="line 2, column 3"):
        policy_config.load(path)
    with pytest.raises(PreviewError, match="cannot be read"):
        policy_config.load(tmp_path / "missing.json")


def test_an_empty_file_configures_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(" \n", encoding="utf-8")
    assert policy_config.load(path) == {}
