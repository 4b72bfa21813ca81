"""Whether what a stack file says of an adopted network can hold, as far as it is declared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from . import network_guides as guides
from .network import allowed_zones, too_small, why_no_zone, zone_form
from .problems import NOTHING, REMOVE, Finding, line, nearest, shown
from .regions import zone_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from ipaddress import IPv4Network

    from .network import NetworkFacts
    from .problems import Place

PLACE: Place = ("network", "adopt")
OWN_KEYS = ("cidr", "zones", "subnets", "subnet-prefix", "s3-ranges")
"""Keys of a network that the platform makes, which an adopted one has already."""

ROLES = ("workload", "endpoints")
"""The security groups that may be there already; those of tenants are always made, as they admit only themselves."""

S3 = "s3"


def adopted_findings(network: Mapping[str, Any], services: Sequence[str]) -> Iterator[Finding]:
    """Find what single values of an adopted network cannot show; `services` are the keys of those with an endpoint."""
    adopt = network.get("adopt")
    if not isinstance(adopt, Mapping):
        yield from _missing(network)
        return
    yield from _beside(network)
    yield from _names("security-groups", _mapping(adopt, "security-groups"), ROLES, "group")
    yield from _names("endpoints", _mapping(adopt, "endpoints"), services, "endpoint")
    yield from _once(_mapping(adopt, "subnets"), "subnets", "a subnet lies in one zone")
    yield from _once(_mapping(adopt, "endpoints"), "endpoints", "an endpoint serves one service")
    yield from _once(_mapping(adopt, "security-groups"), "security-groups", _ONE_GROUP)
    yield from _endpoints(adopt)
    if "dns-firewall" not in network:
        yield Finding(
            place=("network", "dns-firewall"),
            given=NOTHING,
            allowed=guides.DNS_FIREWALL.allowed,
            why="hosts of others may live in an adopted VPC, and a firewall holds for all of them: say whether names "
            "that are not listed are blocked, or only recorded, or nothing is done",
            write=line("dns-firewall", {"mode": "alert"}),
        )


_ONE_GROUP = "one group for both would let every workload call every other on the ports of the endpoints"


def _missing(network: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what a network that the platform makes needs."""
    for key, guide in (("cidr", guides.CIDR), ("zones", guides.ZONES)):
        if key not in network and "adopt" not in network:
            yield Finding(
                place=("network", key),
                given=NOTHING,
                allowed=guide.allowed,
                why=f"{guide.why}; a network that is there is adopted by network.adopt instead",
                write=line(key, guide.example),
            )


def _beside(network: Mapping[str, Any]) -> Iterator[Finding]:
    for key in OWN_KEYS:
        if key in network:
            yield Finding(
                place=("network", key),
                given=f"{shown(network[key])}, and adopt beside it",
                allowed=f"adopt, or {', '.join(OWN_KEYS)}, not both",
                why=f"{key} describes a network that is to be made, and an adopted one is there",
                write=REMOVE,
            )


def _mapping(adopt: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = adopt.get(key)
    return {str(name): each for name, each in found.items()} if isinstance(found, Mapping) else {}


def _names(key: str, given: Mapping[str, Any], allowed: Sequence[str], noun: str) -> Iterator[Finding]:
    for name, value in given.items():
        if name in allowed:
            continue
        meant = nearest(name.rsplit(".", 1)[-1], allowed) or next((one for one in allowed if name.endswith(one)), None)
        free = meant if meant and meant not in given else None
        hint = f"; did you mean {meant}?" if meant else ""
        twice = f", and {meant} is listed already" if meant and meant in given else ""
        yield Finding(
            place=(*PLACE, key, name),
            given=f"{name}: {shown(value)}",
            allowed=", ".join(allowed),
            why=f"the platform uses no {noun} of this name with the declared features{twice}{hint}",
            write=line(free, value) if free else REMOVE,
        )


def _once(given: Mapping[str, Any], key: str, why: str) -> Iterator[Finding]:
    """Find an id that stands twice."""
    for (one, first), (other, second) in combinations(given.items(), 2):
        if isinstance(first, str) and first == second:
            yield Finding(
                place=(*PLACE, key, other),
                given=shown(second),
                allowed="each id once",
                why=f"{why}, and {one} has this one",
                write=f"(the id of {other}'s own)",
            )


def _endpoints(adopt: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what must be declared of the groups and the prefix list of endpoints that are there."""
    endpoints = _mapping(adopt, "endpoints")
    interfaces = [key for key in endpoints if key != S3]
    if interfaces and "endpoints" not in _mapping(adopt, "security-groups"):
        yield Finding(
            place=(*PLACE, "security-groups"),
            given=shown(adopt.get("security-groups", {})),
            allowed="a mapping with endpoints",
            why=f"workloads call {', '.join(interfaces)} through endpoints that are there, so the platform opens their "
            "way to the security group that these endpoints carry",
            write=line("security-groups", {"endpoints": "sg-0123456789abcdef0"}),
        )
    given = "s3-prefix-list" in adopt
    if given == (S3 in endpoints):
        return
    yield Finding(
        place=(*PLACE, "s3-prefix-list"),
        given=shown(adopt["s3-prefix-list"]) if given else NOTHING,
        allowed="a prefix list exactly where the endpoint of S3 is adopted",
        why="an endpoint that the platform makes tells its own prefix list" if given else guides.S3_PREFIX_LIST.why,
        write=REMOVE if given else line("s3-prefix-list", guides.S3_PREFIX_LIST.example),
    )


def zones_findings(adopt: Mapping[str, Any], region: str | None) -> Iterator[Finding]:
    """Find zones of adopted subnets that are none of the Region, and declared ranges of other zones."""
    prefix = zone_prefix(region) if region else None
    subnets = _mapping(adopt, "subnets")
    for zone, subnet in subnets.items():
        if not re.fullmatch(zone_form(prefix), zone):
            yield Finding(
                place=(*PLACE, "subnets", zone),
                given=f"{zone}: {shown(subnet)}",
                allowed=allowed_zones(prefix, region),
                why=why_no_zone(zone, prefix),
                write=line(f"{prefix or 'apne1'}-az1", subnet),
            )
    cidrs = _mapping(adopt, "subnet-cidrs")
    for zone in (set(cidrs) ^ set(subnets)) if cidrs and subnets else ():
        yield Finding(
            place=(*PLACE, "subnet-cidrs", zone),
            given=shown(cidrs[zone]) if zone in cidrs else NOTHING,
            allowed=f"a range for each of {', '.join(subnets)}",
            why="the ranges are those of the adopted subnets, so they must name the same zones",
            write=REMOVE if zone in cidrs else line(zone, "10.0.0.0/24"),
        )


def overlapping(cidr: IPv4Network, ranges: Sequence[IPv4Network | None]) -> Iterator[Finding]:
    """Find networks at the other end of a private line that overlap the VPC's own, so that no route tells them."""
    for position, each in enumerate(ranges):
        if each and each.overlaps(cidr):
            yield Finding(
                place=("network", "on-premises", position),
                given=str(each),
                allowed=f"a network that shares no address with {cidr}",
                why=f"it overlaps the VPC's {cidr}, so hosts of the VPC cannot tell its addresses from their own",
            )


def other_vpc(
    cidr: IPv4Network, subnet_cidrs: Mapping[str, IPv4Network | None], facts: NetworkFacts
) -> Iterator[Finding]:
    """Find adopted subnets whose declared ranges are no parts of the VPC's, overlap, or hold too few addresses."""
    read = {zone: subnet for zone, subnet in subnet_cidrs.items() if subnet}
    for zone, subnet in read.items():
        if not subnet.subnet_of(cidr):
            yield Finding(
                place=(*PLACE, "subnet-cidrs", zone),
                given=str(subnet),
                allowed=f"a part of {cidr}",
                why=f"{subnet} lies outside the range of the VPC, so it is a subnet of another VPC",
                write="(a subnet of this VPC, in adopt.subnets too)",
            )
        elif subnet.num_addresses < facts.needed:
            yield Finding(
                place=(*PLACE, "subnet-cidrs", zone),
                given=str(subnet),
                allowed=f"/{facts.longest_prefix} or larger",
                why=too_small(subnet.prefixlen, facts),
                write="(a larger subnet, in adopt.subnets too)",
            )
    for (one, first), (other, second) in combinations(read.items(), 2):
        if first.overlaps(second):
            yield Finding(
                place=(*PLACE, "subnet-cidrs", other),
                given=str(second),
                allowed="a range that no other subnet of the VPC has",
                why=f"it overlaps {first} of {one}, so one of the two is no subnet of this VPC",
                write="(the range of the subnet in adopt.subnets)",
            )
