"""Whether zones fit the Region, and subnets fit the network, each other and what will live in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, count, islice
from typing import TYPE_CHECKING, Any

from . import network_guides as guides
from .problems import REMOVE, Finding, line, nearest, shown
from .regions import zone_prefix
from .values import LARGEST_NETWORK, MOST_ZONES, SMALLEST_NETWORK, planned_subnet_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from ipaddress import IPv4Network

RESERVED_ADDRESSES = 5
"""Addresses of each subnet that AWS keeps (Amazon VPC User Guide, subnet sizing)."""

BASTION_ADDRESSES = 1
"""What the bastion itself takes of a zone."""

ADDRESSES_PER_TENANT = 2

PARTS = MOST_ZONES.bit_length() - 1
"""Bits by which a planned subnet's prefix is longer than a small network's."""

_ZONE_NAME = re.compile("[a-z]+(-[a-z]+)+-[0-9]+[a-z]")


@dataclass(frozen=True, kw_only=True)
class NetworkFacts:
    """What could be read of the network; None or empty is what could not, and is reported elsewhere."""

    region: str | None
    cidr: IPv4Network | None
    zones: Sequence[Any] | None
    subnets: Mapping[str, IPv4Network | None] | None
    subnet_prefix: int | None
    tenants: int
    endpoints: int
    bastion: bool = False

    @property
    def needed(self) -> int:
        """How many addresses the subnet of a zone must hold."""
        return addresses_needed(self.tenants, self.endpoints, bastion=self.bastion)

    @property
    def longest_prefix(self) -> int:
        """The prefix length of the smallest subnet that holds the addresses of a zone."""
        return min(32 - (self.needed - 1).bit_length(), SMALLEST_NETWORK)


def addresses_needed(tenants: int, endpoints: int, *, bastion: bool = False) -> int:
    """Return how many addresses the subnet of a zone must hold; every zone has room for what stands in the first.

    Each interface endpoint takes one. S3 has a gateway, which takes none.
    """
    shared = RESERVED_ADDRESSES + endpoints + (BASTION_ADDRESSES if bastion else 0)
    return shared + ADDRESSES_PER_TENANT * tenants


def network_findings(facts: NetworkFacts) -> Iterator[Finding]:
    """Find what single values cannot show."""
    if facts.zones is None:
        return
    yield from _zones(facts.zones, zone_prefix(facts.region) if facts.region else None, facts.region)
    if facts.subnets is not None and facts.subnet_prefix is not None:
        yield Finding(
            place=("network", "subnet-prefix"),
            given=f"{facts.subnet_prefix}, and subnets beside it",
            allowed="subnets or subnet-prefix, not both",
            why="subnet-prefix is for planning subnets, and given subnets have sizes of their own",
            write=REMOVE,
        )
    if facts.cidr is None or len(facts.zones) < 2:
        return
    if facts.subnets is None:
        yield from _planned(facts, facts.cidr, len(facts.zones))
    else:
        yield from _given(facts, facts.cidr, facts.subnets, [each for each in facts.zones if isinstance(each, str)])


def zone_form(prefix: str | None) -> str:
    """Return the pattern of the zone ids of a Region, by what they begin with; None where that is not published."""
    return f"{prefix}-az[0-9]{{1,2}}" if prefix else guides.ZONE.pattern or ""


def allowed_zones(prefix: str | None, region: str | None) -> str:
    """Return what a zone id of a Region is, as a sentence says it."""
    return f"zone ids of {region}: {prefix}-az1, {prefix}-az2, …" if prefix else guides.ZONE.allowed


def _zones(zones: Sequence[Any], prefix: str | None, region: str | None) -> Iterator[Finding]:
    form = zone_form(prefix)
    fitting = [each for each in zones if isinstance(each, str) and re.fullmatch(form, each)]
    names = list(dict.fromkeys(fitting))
    spare = (f"{prefix or 'apne1'}-az{number}" for number in count(1))
    wanted = max(2, len(zones)) if len(zones) <= 6 else 2
    while len(names) < wanted:
        name = next(spare)
        names += [name] if name not in names else []
    write = line("zones", names)
    allowed = allowed_zones(prefix, region)
    seen: set[str] = set()
    for position, zone in enumerate(zones):
        place = ("network", "zones", position)
        if not isinstance(zone, str) or not re.fullmatch(form, zone):
            yield Finding(place=place, given=shown(zone), allowed=allowed, why=why_no_zone(zone, prefix), write=write)
        elif zone in seen:
            why = "this zone is listed before; two subnets in one zone fail together"
            yield Finding(place=place, given=shown(zone), allowed="each zone once", why=why, write=write)
        else:
            seen.add(zone)
    if len(zones) < 2:
        yield Finding(
            place=("network", "zones"),
            given=shown(list(zones)),
            allowed=guides.ZONES.allowed,
            why=guides.ZONES.why,
            write=write,
        )


def why_no_zone(zone: object, prefix: str | None) -> str:
    """Return why something is no zone id of the Region whose zone ids begin so."""
    ask = "`aws ec2 describe-availability-zones` prints the ids of your account"
    if isinstance(zone, str) and _ZONE_NAME.fullmatch(zone):
        return f"this is a zone name, and names differ from account to account, while ids do not; {ask}"
    if isinstance(zone, str) and prefix and re.fullmatch(guides.ZONE.pattern or "", zone):
        return f"zone ids of this Region begin with `{prefix}`, so this one lies in another Region; {ask}"
    return f"{guides.ZONE.why}; {ask}"


def _planned(facts: NetworkFacts, cidr: IPv4Network, zones: int) -> Iterator[Finding]:
    prefix = facts.subnet_prefix if facts.subnet_prefix is not None else planned_subnet_prefix(cidr)
    asked = facts.subnet_prefix is not None
    place = ("network", "subnet-prefix") if asked else ("network", "cidr")
    given = f"{prefix} in {cidr}" if asked else f"{cidr}, which gives {zones} zones subnets of /{prefix}"
    fitting = cidr.prefixlen + (zones - 1).bit_length()
    if prefix < fitting or prefix > SMALLEST_NETWORK:
        why = (
            f"{zones} zones need a subnet each: /{prefix} subnets are too large for that"
            if prefix < fitting <= SMALLEST_NETWORK
            else f"AWS takes no subnet smaller than /{SMALLEST_NETWORK}"
        )
    elif 2 ** (32 - prefix) < facts.needed:
        why = too_small(prefix, facts)
    else:
        return
    longest = facts.longest_prefix
    yield Finding(
        place=place,
        given=given,
        allowed=f"subnet-prefix from {fitting} to {longest}"
        if fitting <= longest
        else f"a network of /{max(longest - max((zones - 1).bit_length(), PARTS), LARGEST_NETWORK)} or larger",
        why=why,
        write=_room(cidr, zones, longest),
    )


def too_small(prefix: int, facts: NetworkFacts) -> str:
    """Return why a subnet with a prefix of this length does not hold what will live in it."""
    bastion = f"{BASTION_ADDRESSES} for the bastion, " if facts.bastion else ""
    return (
        f"a /{prefix} subnet holds {2 ** (32 - prefix)} addresses and {facts.needed} are needed: "
        f"{RESERVED_ADDRESSES} that AWS keeps, {facts.endpoints} of interface endpoints, {bastion}"
        f"{ADDRESSES_PER_TENANT} for each of {facts.tenants} tenants"
    )


def _room(cidr: IPv4Network, zones: int, longest: int) -> str:
    """Return the line that makes room: longer or shorter subnets, else a larger network."""
    bits = (zones - 1).bit_length()
    if cidr.prefixlen + bits <= longest:
        return line("subnet-prefix", max(cidr.prefixlen + bits, min(longest, 24)))
    wider = longest - max(bits, PARTS)
    if wider >= LARGEST_NETWORK:
        return line("cidr", str(cidr.supernet(new_prefix=wider)))
    return "(fewer tenants: give the others a stack of their own)"


def _given(
    facts: NetworkFacts, cidr: IPv4Network, subnets: Mapping[str, IPv4Network | None], zones: Sequence[str]
) -> Iterator[Finding]:
    fitting = cidr.prefixlen + (max(len(zones), 1) - 1).bit_length()
    length = max(fitting, min(facts.longest_prefix, 24))
    parts = islice(cidr.subnets(new_prefix=length), len(zones)) if length <= SMALLEST_NETWORK else ()
    plan = {zone: str(part) for zone, part in zip(dict.fromkeys(zones), parts, strict=False)}
    write = line("subnets", plan) if plan else _room(cidr, len(zones), facts.longest_prefix)
    read = {zone: subnet for zone, subnet in subnets.items() if subnet}
    for zone, subnet in read.items():
        for allowed, why in _wrong_subnet(facts, cidr, zone, subnet, zones):
            place = ("network", "subnets", zone)
            yield Finding(place=place, given=str(subnet), allowed=allowed, why=why, write=write)
    for (one, first), (other, second) in combinations(read.items(), 2):
        if first.overlaps(second):
            yield Finding(
                place=("network", "subnets", other),
                given=str(second),
                allowed="a part of the network that no other subnet has",
                why=f"it overlaps {first}, the subnet of {one}",
                write=write,
            )
    missing = [zone for zone in dict.fromkeys(zones) if zone not in subnets]
    if missing:
        yield Finding(
            place=("network", "subnets"),
            given=f"subnets for {shown(list(subnets))}",
            allowed=f"a subnet for each of {shown(list(zones))}",
            why=f"{', '.join(missing)} would have no subnet",
            write=write,
        )


def _wrong_subnet(
    facts: NetworkFacts, cidr: IPv4Network, zone: str, subnet: IPv4Network, zones: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if zone not in zones:
        meant = nearest(zone, zones)
        hint = f"; did you mean {meant}?" if meant else ""
        yield f"the zones of network.zones: {shown(list(zones))}", f"{zone} is none of the zones{hint}"
    if not subnet.subnet_of(cidr):
        yield f"a part of {cidr}", f"{subnet} lies outside the network {cidr}"
    if subnet.num_addresses < facts.needed:
        yield f"/{facts.longest_prefix} or larger", too_small(subnet.prefixlen, facts)
