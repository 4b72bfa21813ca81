"""What may cross the edge of a subnet: the entries of the network ACL, as a pure table.

A network ACL is stateless, so answers need entries of their own, and it knows no prefix lists, so S3 is named by
ranges: those that are given, else every address. What keeps packets from reaching anything but S3 there is the route
table, which leads nowhere else, and the security groups, which name the prefix list of S3.

Source: Amazon VPC User Guide, "Network ACL rules", "Ephemeral ports"; AWS PrivateLink Guide, "Gateway endpoints for
Amazon S3". Network ACLs do not filter the Amazon DNS server, DHCP, time and instance metadata ("Network ACL basics").
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DNS, HTTPS = 53, 443
# Linux answers from 32768 on, load balancers and other systems from 1024 on (Amazon VPC User Guide, ephemeral ports).
FIRST_EPHEMERAL, LAST_PORT = 1024, 65535
EVERYWHERE = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True, kw_only=True)
class AclEntry:
    """One allowing entry; ports are those of the destination."""

    protocol: str
    first_port: int
    last_port: int
    cidr: IPv4Network


@dataclass(frozen=True, kw_only=True)
class AclEntries:
    """The entries of both directions, in the order in which AWS reads them; whatever none allows is denied."""

    inbound: tuple[AclEntry, ...]
    outbound: tuple[AclEntry, ...]


def acl_entries(
    cidr: IPv4Network, *, s3_ranges: Sequence[IPv4Network] = (), on_premises: Sequence[IPv4Network] = ()
) -> AclEntries:
    """Return the entries of the subnets of a network.

    Inside `cidr`: HTTPS and ephemeral ports, both ways. To `s3_ranges`, every address where none is given: HTTPS out,
    answers in. From `on_premises`, networks that come in by a private line: HTTPS and names in, answers out.
    """
    inside = tuple(_both((cidr,)))
    s3 = tuple(s3_ranges) or (EVERYWHERE,)
    return AclEntries(
        inbound=(*inside, *_asked(on_premises), *_answered(s3)),
        outbound=(*inside, *_answers(on_premises), *_https(s3)),
    )


def _both(ranges: Sequence[IPv4Network]) -> Iterator[AclEntry]:
    yield from _https(ranges)
    yield from _answered(ranges)


def _https(ranges: Sequence[IPv4Network]) -> Iterator[AclEntry]:
    for each in ranges:
        yield AclEntry(protocol="tcp", first_port=HTTPS, last_port=HTTPS, cidr=each)


def _answered(ranges: Sequence[IPv4Network], protocol: str = "tcp") -> Iterator[AclEntry]:
    for each in ranges:
        yield AclEntry(protocol=protocol, first_port=FIRST_EPHEMERAL, last_port=LAST_PORT, cidr=each)


def _asked(ranges: Sequence[IPv4Network]) -> Iterator[AclEntry]:
    yield from _https(ranges)
    for each in ranges:
        for protocol in ("tcp", "udp"):
            yield AclEntry(protocol=protocol, first_port=DNS, last_port=DNS, cidr=each)


def _answers(ranges: Sequence[IPv4Network]) -> Iterator[AclEntry]:
    for protocol in ("tcp", "udp"):
        yield from _answered(ranges, protocol)
