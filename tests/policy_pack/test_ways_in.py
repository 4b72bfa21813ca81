"""Who has a way into the network: a person whose work lies behind the endpoints, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from catalogue_of_claims import BY_ID
from proving import Prover

from tests.policy_pack import whole_stack
from tests.policy_pack.edited_policies import edited

if TYPE_CHECKING:
    from environment import StackPolicies

KEEPING = BY_ID["people-keep-to-their-own-sessions"]
ACCOUNT = "111122223333"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> StackPolicies:
    """The policies of the dev stack in a first preview."""
    whole_stack.configure(monkeypatch, "dev")
    return whole_stack.policies()


def the_sessions(stack: StackPolicies) -> list[dict[str, Any]]:
    """Return the grants of sessions as administrators hold them, with every condition in place."""
    held = next(
        policy for one in stack.identities for policy in one.policies if policy.name == "people-policies-administration"
    )
    sids = ("BastionInstance", "BastionDocument", "OwnSessions", "OwnOsUser")
    return [each for each in held.to_dict()["Statement"] if each["Sid"] in sids]


@pytest.mark.parametrize("purpose", ["audit", "delegation"])
def test_the_very_grants_of_an_administrator_are_too_much_for_whoever_works_outside(
    dev: StackPolicies, purpose: str
) -> None:
    sessions = the_sessions(dev)
    assert len(sessions) == 4
    widened = edited(dev, f"people-policies-{purpose}", lambda every: [*every, *sessions])
    failed = Prover(widened).decide(KEEPING)
    assert not failed.verdict.holds
    assert f"people-policies-{purpose}" in failed.text
