"""What the preview cannot show and the real engine does: a stack that is deployed, changed and destroyed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from preview_parity import pair
from preview_parity.observation import of_update
from preview_parity.pair import Case
from preview_parity.real_engine import EngineResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from preview_parity.engine_build import Engine
    from preview_parity.real_engine import Workspace

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
BASE = "components/base.py"
RENDERED = "return pulumi.Output.all(**bound).apply(document.render)"
DRIFTED = RENDERED + '.apply(lambda text: text.replace("Deny", "Allow"))'
STACK = "pulumi:pulumi:Stack"
BASTION = "bastion-instance"
BUDGETS = "closed-sagemaker:audit:TenantBudgets::budgets"
NOTHING_DONE = EngineResult(code=0, output="")


def with_tenant(text: str, name: str) -> str:
    """Return a stack file with one more tenant."""
    document = yaml.safe_load(text)
    document["config"]["closed-sagemaker:tenants"][name] = {}
    document["config"]["closed-sagemaker:people"][f"{name}-one"] = {"tenant": name, "groups": ["engineers"]}
    return yaml.safe_dump(document)


@pytest.fixture(scope="module")
def life(real: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Deploy the platform, deploy it again, add a tenant, remove it, and destroy the platform."""
    made = pair.workspace(real, Case(project=ROOT, packs=[ROOT / "policy_pack"]), tmp_path_factory.mktemp("life"))
    text = (ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8")
    showed: dict[str, Any] = {"up": made.up(), "first state": made.export(), "again": made.up()}
    made.set_stack_file(with_tenant(text, "dave"))
    showed |= {"added": made.up(), "state with dave": made.export()}
    made.set_stack_file(text)
    showed |= {"removed": made.up(), "last state": made.export(), "destroyed": made.destroy()}
    return showed | {"nothing": made.export()}


def changed(result: EngineResult) -> dict[str, str]:
    """Return what a command did to resources, but for the stack's own list of outputs and for providers."""
    return {urn: step for urn, step in result.steps().items() if step != "same" and STACK not in urn.split("::")[2]}


def resources(state: list[dict[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return what a state says of each resource but of the stack itself, lists of dependencies in order."""
    found = of_update(NOTHING_DONE, state, ()).resources
    return {urn: resource for urn, resource in found.items() if resource["type"] != STACK}


def test_up_creates_everything_and_passes_the_pack(life: dict[str, Any]) -> None:
    assert life["up"].code == 0, life["up"].output
    assert set(life["up"].steps().values()) == {"create"}
    assert len(life["first state"]) == len(life["up"].steps()) > 60
    assert [event for event in life["up"].of_kind("policyEvent") if event["enforcementLevel"] == "mandatory"] == []


def test_a_second_up_has_nothing_to_do(life: dict[str, Any]) -> None:
    assert life["again"].code == 0, life["again"].output
    assert changed(life["again"]) == {}
    assert not {"Create", "Update", "Delete"} & {method for method, _urn in life["again"].calls}
    assert len(life["again"].steps()) == len(life["up"].steps())


def apart_from_lists(found: dict[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the resources but for the bastion, whose tags list its accounts, and the component that lists budgets."""
    lists = tuple(urn for urn in found if urn.endswith((BASTION, BUDGETS)))
    assert len(lists) == 2
    return {urn: each for urn, each in found.items() if urn not in lists}


def test_adding_a_tenant_creates_its_resources_and_touches_nothing_but_the_list_of_accounts(
    life: dict[str, Any],
) -> None:
    assert life["added"].code == 0, life["added"].output
    done = changed(life["added"])
    assert {urn.split("::")[-1]: step for urn, step in done.items() if step != "create"} == {BASTION: "update"}
    assert len(done) > 5
    assert [urn for urn, step in done.items() if step == "create" and "dave" not in urn.split("::")[3]] == []
    before, after = apart_from_lists(resources(life["first state"])), resources(life["state with dave"])
    assert {urn: after[urn] for urn in before} == before


def test_removing_a_tenant_deletes_its_resources_and_touches_nothing_but_the_list_of_accounts(
    life: dict[str, Any],
) -> None:
    assert life["removed"].code == 0, life["removed"].output
    done = changed(life["removed"])
    assert {urn.split("::")[-1]: step for urn, step in done.items() if step != "delete"} == {BASTION: "update"}
    assert set(done) == set(changed(life["added"]))
    assert resources(life["last state"]) == resources(life["first state"])


def test_destroy_leaves_nothing(life: dict[str, Any]) -> None:
    assert life["destroyed"].code == 0, life["destroyed"].output
    assert set(life["destroyed"].steps().values()) == {"delete"}
    assert life["nothing"] == []


@pytest.fixture
def stopped(real: Engine, platform_copy: Callable[..., Path], tmp_path: Path) -> tuple[Workspace, EngineResult]:
    """A platform whose deploy-time documents differ from their plans, after `up`."""
    project = platform_copy((BASE, RENDERED, DRIFTED))
    made = pair.workspace(real, Case(project=project, packs=[ROOT / "policy_pack"]), tmp_path / "work")
    assert made.preview().code == 0, "a first preview cannot see documents that hold ids"
    return made, made.up()


def test_up_stops_before_a_child_whose_document_differs_from_its_plan(
    stopped: tuple[Workspace, EngineResult],
) -> None:
    made, result = stopped
    assert result.code == 1
    refused = {
        event["resourceUrn"]
        for event in result.of_kind("policyEvent")
        if event["policyName"] == "iam-policy-matches-its-plan" and event["enforcementLevel"] == "mandatory"
    }
    assert refused
    created = {urn for method, urn in result.calls if method == "Create"}
    assert created, "nothing was created at all, so nothing was stopped"
    assert not refused & created
    assert not refused & {resource["urn"] for resource in made.export()}


def test_what_depends_on_a_refused_resource_is_not_created(
    real: Engine, small_program: Callable[[str], Path], echo_pack: Path, tmp_path: Path
) -> None:
    project = small_program(
        "refused = Thing('refused', {'size': 'forbidden'})\n"
        "Thing('by-value', {'from': refused.id})\n"
        "Thing('by-option', {}, pulumi.ResourceOptions(depends_on=[refused]))\n"
        "Thing('below', {}, pulumi.ResourceOptions(parent=refused))\n"
    )
    config = {"all": "disabled", "forbids": {"enforcementLevel": "mandatory", "property": "size"}}
    case = Case(project=project, packs=[echo_pack], policy_config=config, packages=("sink",))
    made = pair.workspace(real, case, tmp_path / "work")
    result = made.up()
    assert result.code == 1
    assert [urn for method, urn in result.calls if method == "Create"] == []
    assert [found["policyName"] for found in result.of_kind("policyEvent")] == ["forbids"]
    assert [resource["urn"] for resource in made.export() if "Thing" in resource["type"]] == []
