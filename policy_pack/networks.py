"""Address ranges, compared as networks and never as text."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reading import Wire

SHORTEST_IPV4_PREFIX = 8
SHORTEST_IPV6_PREFIX = 48
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
"""The private ranges of RFC 1918."""


def network(value: Wire) -> IPv4Network | IPv6Network | None:
    """Return the range that a text names, host bits dropped; None where it names none."""
    try:
        return ip_network(str(value).strip(), strict=False)
    except ValueError:
        return None


def is_world(value: Wire, shortest_ipv4: int = SHORTEST_IPV4_PREFIX, shortest_ipv6: int = SHORTEST_IPV6_PREFIX) -> bool:
    """Return whether a range is so wide that it can stand for everywhere; a text that is no range counts as such.

    Halves of the address space say the same as the whole, so the length of the prefix decides.
    """
    found = network(value)
    if found is None:
        return True
    return found.prefixlen < (shortest_ipv4 if found.version == 4 else shortest_ipv6)


def lies_inside(value: Wire, ranges: tuple[str, ...]) -> bool:
    """Return whether a range lies wholly inside one of others."""
    inner = network(value)
    outer = [found for one in ranges if (found := network(one)) is not None]
    if isinstance(inner, IPv4Network):
        return any(isinstance(one, IPv4Network) and inner.subnet_of(one) for one in outer)
    return inner is not None and any(isinstance(one, IPv6Network) and inner.subnet_of(one) for one in outer)
