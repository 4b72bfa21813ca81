"""The subnet plan: which part of the VPC's network each zone gets."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from ipaddress import IPv4Network


def subnet_plan(
    cidr: IPv4Network,
    zones: Sequence[str],
    *,
    subnet_prefix: int = 24,
    given: Mapping[str, IPv4Network] | None = None,
) -> dict[str, IPv4Network]:
    """Return the subnet of each zone id, in the order of `zones`.

    The first zone gets the first network of length `subnet_prefix` inside `cidr`, the second the next, and so on: a
    zone added at the end moves no subnet. Where subnets are `given` they are checked and kept as they are.
    Raises ValueError with every problem at once.
    """
    problems = [*_zone_problems(zones)]
    if not given:
        problems += _room_problems(cidr, zones, subnet_prefix)
    else:
        problems += _given_problems(cidr, zones, given)
    if problems:
        raise ValueError("; ".join(problems))
    if given:
        return {zone: given[zone] for zone in zones}
    return dict(zip(zones, cidr.subnets(new_prefix=subnet_prefix), strict=False))


def _zone_problems(zones: Sequence[str]) -> Iterator[str]:
    if len(zones) < 2:
        yield (
            f"zones: {', '.join(zones) or 'none'} given, two or more are needed because hosting needs two, "
            "write for example [apne1-az1, apne1-az4]"
        )
    repeated = sorted({zone for zone in zones if zones.count(zone) > 1})
    if repeated:
        yield f"zones: {', '.join(repeated)} given more than once, a zone holds one subnet, name each zone once"


def _room_problems(cidr: IPv4Network, zones: Sequence[str], subnet_prefix: int) -> Iterator[str]:
    if not 16 <= subnet_prefix <= 28:
        yield f"subnet prefix: /{subnet_prefix} given, AWS takes /16 to /28, write for example 24"
    elif subnet_prefix < cidr.prefixlen or 2 ** (subnet_prefix - cidr.prefixlen) < len(zones):
        yield (
            f"cidr: {cidr} holds fewer than {len(zones)} subnets of /{subnet_prefix}, each zone needs one, "
            "give a larger network or smaller subnets"
        )


def _given_problems(cidr: IPv4Network, zones: Sequence[str], given: Mapping[str, IPv4Network]) -> Iterator[str]:
    for zone in zones:
        if zone not in given:
            yield f"subnets: none given for zone {zone}, each zone needs one, add {zone} or remove the zone"
    for zone, network in given.items():
        if zone not in zones:
            yield f"subnets: {zone} is no zone of the network, zones are {', '.join(zones)}, remove it or add the zone"
        if not network.subnet_of(cidr):
            yield f"subnets: {network} of {zone} lies outside {cidr}, a subnet is part of its VPC, choose one inside"
    for (zone, network), (other, neighbour) in combinations(given.items(), 2):
        if network.overlaps(neighbour):
            yield f"subnets: {network} of {zone} overlaps {neighbour} of {other}, move one of them"
