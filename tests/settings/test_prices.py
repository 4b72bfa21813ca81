"""Prices of the stack's own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from components.network_cost import PRICE_NAMES
from settings.price_guides import PRICE_NAMES as KEYS
from settings.prices import PriceSettings

StackOf = Any


def test_without_the_key_no_price_is_given(stack_of: StackOf) -> None:
    assert stack_of().settings().prices.given == {}


def test_prices_come_through_as_they_are_written(stack_of: StackOf) -> None:
    written = {"endpoint-hour": 0.0145, "bastion-hour": 0, "log-gigabyte": 1}
    given = stack_of({"prices": written}).settings().prices.given
    assert given == {"endpoint-hour": Decimal("0.0145"), "bastion-hour": Decimal("0.0"), "log-gigabyte": Decimal("1.0")}


@pytest.mark.parametrize("price", [-0.01, 1000.5, "0.01", True, float("nan")])
def test_what_is_no_price_is_refused(stack_of: StackOf, price: object) -> None:
    problem = stack_of({"prices": {"endpoint-hour": price}}).only_problem("prices › endpoint-hour")
    assert "from 0 to 1000" in problem.allowed
    assert problem.write == "endpoint-hour: 0.014"


def test_a_misspelt_price_is_answered_with_the_one_that_is_meant(stack_of: StackOf) -> None:
    problem = stack_of({"prices": {"endpoint-hours": 0.014}}).only_problem("prices › endpoint-hours")
    assert problem.write == "endpoint-hour: 0.014"


def test_settings_and_components_know_the_same_prices() -> None:
    keys = [field.alias for field in PriceSettings.model_fields.values()]
    assert tuple(keys) == KEYS
    assert set(KEYS) == set(PRICE_NAMES)
