"""A program that uses everything, judged by a pack that reports what it was given: both engines agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from preview_parity import pair
from preview_parity.pair import Case, Pair

if TYPE_CHECKING:
    from pathlib import Path

    from preview.fixtures import Fixtures
    from preview_parity.engine_build import Engine

pytestmark = pytest.mark.engine

THING = "urn:pulumi:dev::kitchen-sink::sink:index:Thing::"
QUIET = {"disabled-later": "disabled", "forbids": {"limit": 7}}
LOUD = {
    "all": "mandatory",
    "saw-resource": "advisory",
    "saw-stack": {"enforcementLevel": "advisory"},
    "disabled-later": "disabled",
    "forbids": {"property": "size"},
    "marks": {"enforcementLevel": "remediate", "complain": True},
}


@pytest.fixture(scope="module")
def case(kitchen_sink: Path, echo_pack: Path, second_pack: Path, fixtures: Fixtures) -> Case:
    return Case(
        project=kitchen_sink,
        packs=[echo_pack, second_pack],
        policy_config=QUIET,
        fixtures=fixtures,
        packages=("aws", "sink"),
    )


@pytest.fixture(scope="module")
def first(real: Engine, case: Case, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return pair.first_preview(real, case, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def deployed(real: Engine, case: Case, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return pair.as_deployed(real, case, tmp_path_factory.mktemp("deployed"))


def test_both_engines_come_through(first: Pair, deployed: Pair) -> None:
    assert first.run.error is None
    assert deployed.run.error is None
    assert (first.result.code, deployed.result.code) == (0, 0), first.result.output + deployed.result.output
    assert len(first.real.resources) == len(deployed.real.resources) > 45
    assert len(first.real.findings) > 200


def test_a_first_preview_agrees(first: Pair) -> None:
    assert first.differences() == []


def test_as_deployed_agrees(deployed: Pair) -> None:
    assert deployed.differences() == []


@pytest.mark.parametrize("side", ["real", "stand_in"])
def test_a_component_reaches_the_pack_before_its_children(first: Pair, deployed: Pair, side: str) -> None:
    for showed in (first, deployed):
        observed = getattr(showed, side)
        order = [line["urn"] for line in observed.echoes if line["call"] == "resource" and line["pack"] == "echo"]
        children = [(urn, observed.resources[urn]["parent"]) for urn in order if observed.resources[urn]["parent"]]
        assert len(children) > 40
        assert [urn for urn, parent in children if order.index(parent) > order.index(urn)] == []


@pytest.mark.parametrize("side", ["real", "stand_in"])
def test_packs_judge_the_stack_after_every_resource_and_remedy_before_they_judge(first: Pair, side: str) -> None:
    echoes = [line for line in getattr(first, side).echoes if line["pack"] == "second"]
    calls = [line["call"] for line in echoes]
    assert calls.index("stack") > max(number for number, call in enumerate(calls) if call == "resource")
    for line in echoes:
        if line["call"] == "remediate":
            judged = next(other for other in echoes if (other["call"], other["urn"]) == ("resource", line["urn"]))
            assert echoes.index(line) < echoes.index(judged)


def test_the_sink_shows_what_the_comparison_is_about(first: Pair, deployed: Pair) -> None:
    """Were a feature missing here, its comparison would be an empty one."""
    resources = first.real.resources
    assert resources[THING + "protected-by-transform"]["protect"] is True
    assert resources[THING.replace("Thing::", "Thing$sink:index:Thing::below-protected")]["protect"] is True
    assert resources[THING + "own-transform"]["inputs"]["byStack"] == "after own-transform"
    assert resources[THING + "other-provider"]["provider"].endswith("::other")
    assert resources[THING + "after-component"]["dependencies"] != []
    assert resources[THING + "second"]["propertyDependencies"]["partly"] == [THING + "first"]
    assert resources[THING + "slow"]["customTimeouts"] == {"create": 5400, "update": 90, "delete": 0.5}
    assert resources[THING + "replaced"]["deleteBeforeReplace"] is True
    assert resources[THING + "own-transform"]["inputs"]["transformed"] == "own-transform"
    assert resources[THING + "secrets"]["inputs"]["deep"] == {"list": ["a", {"[secret]": None}]}
    assert resources[THING + "read"]["external"] is True
    nested = [urn for urn, found in resources.items() if "Cupboard" in urn and found["protect"]]
    assert len(nested) == 5, "protection was not handed down"
    done = deployed.real.resources
    assert done[THING + "hooked"]["resourceHooks"] == {"AfterCreate": ["watch"], "BeforeCreate": ["watch"]}
    assert done[THING + "after-stack"]["inputs"]["answer"] == 42
    assert done[THING + "after-lookups"]["inputs"]["gated"] == {"answer": "found", "list": [1, 2]}
    assert done[THING + "secret-outputs"]["outputs"]["token"] == {"[secret]": "t"}


def test_levels_and_policy_config_agree_and_a_violation_is_seen_by_both(
    real: Engine, case: Case, tmp_path: Path
) -> None:
    loud = Case(**{**vars(case), "policy_config": LOUD})
    both = pair.first_preview(real, loud, tmp_path)
    assert both.differences() == []
    levels: dict[str, set[Any]] = {}
    for finding in both.real.findings:
        levels.setdefault(finding.policy, set()).add(finding.level)
    assert levels["forbids"] == levels["marks"] == levels["not-for-others"] == {"mandatory"}
    assert levels["saw-resource"] == levels["saw-stack"] == {"advisory"}
    assert levels["needs-unknown"] == {"advisory"}, "what a preview cannot know is never more than advice"
    assert "disabled-later" not in levels
    assert both.result.code == 1
