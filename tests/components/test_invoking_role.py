"""Who gets the role of an invoker, and what its arguments refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from components.documents.invoking import INVOKING_ROLE_CARRIES, Invoker, invoking, invoking_trust
from components.documents.limits import MANAGED_POLICY, ROLE_TRUST, fitting
from components.invoking_role import InvokingRoleArgs
from tests.components.building import Parts

SCOPE = replace(Parts().scope, invokers=True)
ROLE = "arn:aws:iam::111122223333:role/apps/shop"
GIVEN: dict[str, Any] = {"name": "shop", "tenant": "alice", "roles": (ROLE,), "endpoints": ("alice--digits",)}


@pytest.mark.parametrize("key", ["roles", "endpoints"])
def test_an_invoker_of_nobody_or_of_nothing_is_refused(key: str) -> None:
    assert Invoker(**GIVEN)
    with pytest.raises(ValueError, match=rf"shop: no {key} given.* leave the invoker out"):
        Invoker(**{**GIVEN, key: ()})


def test_a_scope_that_lets_nobody_take_the_role_on_is_refused() -> None:
    assert InvokingRoleArgs(scope=SCOPE, invoker=Invoker(**GIVEN), policies=Mock())
    with pytest.raises(ValueError, match="say invokers=True"):
        InvokingRoleArgs(scope=Parts().scope, invoker=Invoker(**GIVEN), policies=Mock())


def test_the_role_carries_what_its_tenants_roles_carry_and_only_comes_from_inside() -> None:
    assert set(INVOKING_ROLE_CARRIES) == {"network", "surface", "tenancy", "egress", "perimeter"}


def test_more_than_iam_has_room_for_is_refused() -> None:
    roles = Invoker(**{**GIVEN, "roles": tuple(f"{ROLE}-{number}-with-a-long-name" for number in range(40))})
    with pytest.raises(ValueError, match=r"trust of role shop: \d+ characters given, 2048 are allowed"):
        fitting({"shop": invoking_trust(SCOPE, roles)}, ROLE_TRUST, "trust of role")
    names = Invoker(**{**GIVEN, "endpoints": tuple(f"alice--digits-{number}" for number in range(100))})
    with pytest.raises(ValueError, match=r"policy shop: \d+ characters given, 6144 are allowed"):
        fitting({"shop": invoking(SCOPE, names)}, MANAGED_POLICY)
