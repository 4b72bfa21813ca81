"""What each price means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide

if TYPE_CHECKING:
    from .problems import Place

PRICE_NAMES = (
    "endpoint-hour",
    "endpoint-gigabyte",
    "bastion-hour",
    "disk-gigabyte-month",
    "dns-domain-month",
    "resolver-address-hour",
    "log-gigabyte",
)

PRICES = Guide(
    allowed=f"a mapping of any of {', '.join(PRICE_NAMES)}",
    why="the preview adds up what the network costs a month; these go before the estimates that the platform brings, "
    "which nobody has verified and which cover few Regions",
    example={"endpoint-hour": 0.014},
)
PRICE = Guide(
    allowed="a number of US dollars from 0 to 1000, without quotes",
    why="it is the price of one unit, as AWS' price list of the Region has it: of one interface endpoint in one zone "
    "and hour, of one hour of the bastion, of one gigabyte, of one name",
    example=0.014,
)

GUIDES: dict[Place, Guide] = {("prices",): PRICES, **{("prices", name): PRICE for name in PRICE_NAMES}}
