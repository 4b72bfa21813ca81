"""P6 over the whole program: adding or removing a tenant adds or removes that tenant's resources alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.recorded import recorded

if TYPE_CHECKING:
    from preview.in_process import Recording
    from preview.state import State

ROOT = Path(__file__).resolve().parents[2]
STACK: dict[str, dict[str, Any]] = {"alice": {}, "bob": {}, "carol": {}}


def program(tenants: dict[str, dict[str, Any]], mode: str) -> Recording:
    """Return the dev stack with these tenants."""
    people = {f"{tenant}-one": {"tenant": tenant, "groups": ["engineers"]} for tenant in tenants}
    config = {"closed-sagemaker:tenants": json.dumps(tenants), "closed-sagemaker:people": json.dumps(people)}
    return recorded("dev", mode, config)


def seen(state: State) -> tuple[Any, ...]:
    """Return all that the engine would compare with its last run."""
    return (
        state.type,
        json.dumps(state.inputs, default=str, sort_keys=True),
        sorted(state.goal.dependencies),
        state.goal.parent,
        state.goal.provider,
    )


def of(tenant: str, recording: Recording) -> set[str]:
    return {urn for urn, state in recording.states.items() if tenant in state.name.split("-")}


@pytest.fixture(scope="module", params=["first", "deployed"])
def pair(request: pytest.FixtureRequest) -> tuple[Recording, Recording]:
    """The program without dave and with dave."""
    mode = request.param
    return program(STACK, mode), program({**STACK, "dave": {}}, mode)


def test_a_new_tenant_adds_its_own_resources_only(pair: tuple[Recording, Recording]) -> None:
    without, with_dave = pair
    assert set(with_dave.states) - set(without.states) == of("dave", with_dave)
    assert len(of("dave", with_dave)) == len(of("carol", with_dave)) > 8
    assert of("dave", without) == set()


def test_a_leaving_tenant_takes_nothing_else_along(pair: tuple[Recording, Recording]) -> None:
    without, with_dave = pair
    assert set(without.states) - set(with_dave.states) == set()


def test_nothing_else_changes_when_a_tenant_comes_or_goes(pair: tuple[Recording, Recording]) -> None:
    without, with_dave = pair
    changed = {urn: state for urn, state in without.states.items() if seen(state) != seen(with_dave.states[urn])}
    assert [state.name for state in changed.values()] == ["bastion-instance"], "an update of one tenant touches these"
    (before,), (after,) = ([each for each in run.states.values() if each.name == "bastion-instance"] for run in pair)
    for bastion, accounts in ((before, "alice bob carol"), (after, "alice bob carol dave")):
        assert bastion.inputs["tags"]["accounts-1"] == accounts
        assert bastion.inputs["tagsAll"]["accounts-1"] == accounts
    kind, inputs, *rest = seen(after)
    inputs = inputs.replace('"alice bob carol dave"', '"alice bob carol"')
    assert seen(before) == (kind, inputs, *rest), "the accounts of the bastion are tags, which change in place"


def test_the_order_of_tenants_in_the_stack_file_means_nothing(pair: tuple[Recording, Recording]) -> None:
    _, with_dave = pair
    turned = program({name: {} for name in ("dave", "carol", "bob", "alice")}, "first")
    assert set(turned.states) == set(with_dave.states)
