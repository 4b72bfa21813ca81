"""Prices of the stack's own: they go before the estimates that the platform brings."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, Strict

from . import price_guides as guides
from .network_model import Part

Price = Annotated[float, Strict(), Field(ge=0, le=1000, allow_inf_nan=False), guides.PRICE]


class PriceSettings(Part):
    """Prices in US dollars, each of one unit; what is absent is taken from the estimates, if there is one."""

    endpoint_hour: Price | None = None
    endpoint_gigabyte: Price | None = None
    bastion_hour: Price | None = None
    disk_gigabyte_month: Price | None = None
    dns_domain_month: Price | None = None
    resolver_address_hour: Price | None = None
    log_gigabyte: Price | None = None

    @property
    def given(self) -> dict[str, Decimal]:
        """The prices that the stack file holds, by their keys."""
        given = self.model_dump(by_alias=True, exclude_none=True)
        return {name: Decimal(str(value)) for name, value in given.items()}
