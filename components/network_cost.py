"""What the network costs a month whether anybody works or not: pure functions of what is built and of prices.

Prices come from `prices.json`, estimates that nobody has verified, or from the stack file, which goes before them. What
has no price is counted and said to have none; nothing is guessed. Amounts are in US dollars, a month has 730 hours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from components.endpoint_services import services_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PRICES_FILE = Path(__file__).with_name("prices.json")
HOURS = 730

ENDPOINT, BASTION, DISK, DOMAIN = "endpoint-hour", "bastion-hour", "disk-gigabyte-month", "dns-domain-month"
RESOLVER = "resolver-address-hour"
BY_VOLUME = {"endpoint-gigabyte": "data through an interface endpoint", "log-gigabyte": "logs written"}
PRICE_NAMES = (ENDPOINT, BASTION, DISK, DOMAIN, RESOLVER, *BY_VOLUME)

DISK_GIGABYTES = 8
NO_PRICE = "no price"


@dataclass(frozen=True, kw_only=True)
class NetworkBuilt:
    """What of the network is paid for by the hour or the month.

    `endpoints` maps each interface endpoint to its zones; `also` holds the services that no feature asks for;
    `firewall_domains` counts the names that the DNS firewall keeps, `resolver_addresses` those of an inbound resolver
    endpoint; `bastion` is its instance type; `logs` names what is paid by volume alone.
    """

    region: str
    features: tuple[str, ...]
    endpoints: Mapping[str, Sequence[str]]
    gateways: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    bastion: str | None = None
    firewall_domains: int = 0
    resolver_addresses: int = 0
    logs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the bill; `unit` is the price of one of `count` an hour, or a month if `monthly`; None is unknown.

    `price` is what the stack file calls that price.
    """

    what: str
    price: str = ""
    count: int
    counted: str
    unit: Decimal | None
    monthly: bool = False

    @property
    def month(self) -> Decimal | None:
        """The price a month; None where the unit has none."""
        return None if self.unit is None else self.unit * self.count * (1 if self.monthly else HOURS)


@dataclass(frozen=True)
class Sum:
    """A sum of a month, and how many parts of it have no price."""

    known: Decimal = Decimal(0)
    without_price: int = field(default=0)

    @property
    def unpriced(self) -> str:
        """Say how many parts have no price; empty where all have."""
        return f"and {_counted(self.without_price, 'part')} without a price" if self.without_price else ""

    def __str__(self) -> str:
        return f"{money(self.known)} USD a month{', ' if self.without_price else ''}{self.unpriced}"


def listed_prices(region: str) -> dict[str, Decimal]:
    """Return the estimates for a Region, by name of the price; empty for a Region of which none is recorded."""
    return {name: Decimal(text) for name, text in _file()["regions"].get(region, {}).items()}


def items(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> list[Item]:
    """Return the lines of the bill, endpoints first, in the order of their names."""
    return list(_items(built, prices))


def _items(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> Iterator[Item]:
    for key in built.gateways:
        yield Item(what=f"gateway endpoint {key}", count=1, counted="", unit=Decimal(0))
    for key, zones in sorted(built.endpoints.items()):
        unit = prices.get(ENDPOINT)
        yield Item(
            what=f"interface endpoint {key}",
            count=len(zones),
            counted=_counted(len(zones), "zone"),
            unit=unit,
            price=ENDPOINT,
        )
    if built.bastion:
        yield Item(what="bastion", price=BASTION, count=1, counted=built.bastion, unit=prices.get(BASTION))
        size, unit = DISK_GIGABYTES, prices.get(DISK)
        yield Item(what="disk of the bastion", price=DISK, count=size, counted=f"{size} GB", unit=unit, monthly=True)
    if built.firewall_domains:
        count, unit = built.firewall_domains, prices.get(DOMAIN)
        yield Item(
            what="DNS firewall", count=count, counted=_counted(count, "name"), unit=unit, monthly=True, price=DOMAIN
        )
    if built.resolver_addresses:
        count, unit = built.resolver_addresses, prices.get(RESOLVER)
        yield Item(
            what="inbound resolver endpoint", count=count, counted=f"{count} addresses", unit=unit, price=RESOLVER
        )


def total(lines: Sequence[Item]) -> Sum:
    """Return the sum of a month."""
    known = [line.month for line in lines if line.month is not None]
    return Sum(sum(known, Decimal(0)), len(lines) - len(known))


def savings(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> dict[str, Sum]:
    """Return what a month costs less with one thing fewer: each feature, and the last zone of the endpoints.

    A feature saves only what no other one needs. The zone is one of the endpoints: subnets keep theirs.
    """
    before = items(built, prices)
    fewer = {f"without the feature {feature}": without_feature(built, feature) for feature in sorted(built.features)}
    zones = {zone: None for places in built.endpoints.values() for zone in places}
    if len(zones) > 1:
        last = list(zones)[-1]
        kept = {key: [zone for zone in places if zone != last] for key, places in built.endpoints.items()}
        fewer["endpoints in one zone fewer"] = replace(built, endpoints=kept)
    return {name: _difference(before, items(less, prices)) for name, less in fewer.items()}


def without_feature(built: NetworkBuilt, feature: str) -> NetworkBuilt:
    """Return the network without a feature and without the endpoints that only it needs."""
    features = tuple(each for each in built.features if each != feature)
    needed = {service.key for service in services_for(features)} | set(built.also)
    return replace(
        built,
        features=features,
        endpoints={key: zones for key, zones in built.endpoints.items() if key in needed},
        bastion=None if feature == "bastion" else built.bastion,
    )


def minimal(built: NetworkBuilt) -> NetworkBuilt:
    """Return the least that the declared features need: their endpoints and no others, each in one zone."""
    needed = {service.key for service in services_for(built.features) if not service.gateway}
    return replace(built, also=(), endpoints={key: built.endpoints.get(key, ("",))[:1] or ("",) for key in needed})


def _difference(before: Sequence[Item], after: Sequence[Item]) -> Sum:
    more, less = total(before), total(after)
    return Sum(more.known - less.known, more.without_price - less.without_price)


# Reports, as the preview prints them


def cost_report(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> dict[str, Any]:
    """Return the bill as a report: title, columns, rows, notes."""
    lines = items(built, prices)
    rows = [[line.what, line.counted, _unit(line), _month(line.month)] for line in lines]
    rows.append(["together", total(lines).unpriced, "", money(total(lines).known)])
    return {
        "title": f"Fixed cost of the network in {built.region}: {total(lines)}",
        "columns": ["part", "how many", "USD each", "USD a month"],
        "rows": rows,
        "notes": [*_volume_notes(built, prices), *_price_notes(built, lines)],
    }


def savings_report(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> dict[str, Any]:
    """Return what one thing fewer would save, and what the least for the declared features costs, as a report."""
    least = total(items(minimal(built), prices))
    zones = _counted(len({zone for places in built.endpoints.values() for zone in places}), "zone")
    return {
        "title": "What less would save",
        "columns": ["less", "USD a month", ""],
        "rows": [[name, money(saved.known), saved.unpriced] for name, saved in savings(built, prices).items()],
        "notes": [
            f"the least for these features, each endpoint in one zone: {least}",
            f"built in {zones}" + (f", with {', '.join(built.also)}, which no feature asks for" if built.also else ""),
        ],
    }


def money(amount: Decimal) -> str:
    """Return an amount as it is printed: dollars and cents."""
    return f"{amount:,.2f}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _unit(line: Item) -> str:
    if line.unit is None:
        return NO_PRICE
    return f"{line.unit.normalize():f} {'a month' if line.monthly else 'an hour'}" if line.unit else "free"


def _month(amount: Decimal | None) -> str:
    return NO_PRICE if amount is None else money(amount)


def _volume_notes(built: NetworkBuilt, prices: Mapping[str, Decimal]) -> list[str]:
    paid = [f"{what} {prices[name].normalize():f} USD a GB" for name, what in BY_VOLUME.items() if name in prices]
    notes = [f"paid by volume, not in the sum: {', '.join(built.logs)}"] if built.logs else []
    return notes + ([f"by volume: {', '.join(paid)}"] if paid else [])


def _price_notes(built: NetworkBuilt, lines: Sequence[Item]) -> list[str]:
    file = _file()
    notes = []
    if listed_prices(built.region):
        notes.append(f"prices not from the stack file are estimates of {file['recorded']}, {file['source']}")
    if total(lines).without_price:
        unknown = dict.fromkeys(f"{line.price}: …" for line in lines if line.unit is None)
        notes.append(
            f"not every part has a price in {built.region}; write your own: closed-sagemaker:prices: "
            f"{{{', '.join(unknown)}}}"
        )
    return notes


def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PRICES_FILE.read_text(encoding="utf-8"))
    return loaded
