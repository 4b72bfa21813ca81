"""Values of numbers, dates and addresses that no comparison in a policy tells apart from any other value."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from iamproof.operators import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.operators import Network

_EVERYWHERE: tuple[Network, ...] = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))


def cuts(family: Family, stated: Iterable[Any]) -> tuple[str, ...]:
    """Return a text of each class into which the stated values cut all values of the family."""
    if family is Family.ADDRESS:
        return tuple(_addresses(stated))
    write = _date if family is Family.DATE else _number
    return tuple(write(value) for value in _between(sorted(set(stated))))


def _between(stated: list[Decimal]) -> Iterator[Decimal]:
    """Yield each stated number, one between each two of them, and one on both sides; 0 where none is stated."""
    if not stated:
        yield Decimal(0)
        return
    yield stated[0] - 1
    for low, high in pairwise(stated):
        yield low
        yield low + 1 if high - low > 1 else (low + high) / 2
    yield stated[-1]
    yield stated[-1] + 1


def _number(value: Decimal) -> str:
    return f"{value:f}"


def _date(value: Decimal) -> str:
    try:
        if value == int(value):
            return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError, OSError):
        pass
    return str(int(value))


def _addresses(stated: Iterable[Network]) -> Iterator[str]:
    """Yield for each network an address that lies in none of the networks stated inside it, if there is one.

    What is left of a network begins with its first address or behind the last one of a network inside it.
    """
    networks = {*stated, *_EVERYWHERE}
    for network in sorted(networks, key=lambda n: (n.version, n.prefixlen, int(n.network_address))):
        inner = [other for other in networks if other != network and _inside(other, network)]
        starts = [int(network.network_address), *(int(other.broadcast_address) + 1 for other in inner)]
        for start in sorted(starts):
            if start > int(network.broadcast_address):
                continue
            address = ip_network((start, network.max_prefixlen))
            if not any(_inside(address, other) for other in inner):
                yield str(address.network_address)
                break


def _inside(inner: Network, outer: Network) -> bool:
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]  # versions are equal
