"""A network ACL cannot name the prefix list of S3, so it says which ports may cross the edge of the network at all.

Beyond the network an entry may let out TCP 443 and let in the answers, which come to the ephemeral ports. Ranges that
the stack file says come in by a private line may also ask for HTTPS and for names, and get answers. Entries for ranges
inside are the security groups' concern. Nothing may be opened for IPv6.

Source: Amazon VPC User Guide, "Network ACL rules" and "Ephemeral ports"; AWS PrivateLink Guide, "Gateway endpoints for
Amazon S3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import stack_config
from network_acls import ACL, BESIDE, INLINE, entries
from network_acls import RULE as ACL_RULE
from networks import PRIVATE, lies_inside
from rule import Kind, Rule, Severity, Undecided, Violation, integer, texts

if TYPE_CHECKING:
    from network_acls import Entry
    from resources import Resource
    from rule import Findings, Options

DNS, HTTPS, LAST_PORT = 53, 443, 65535
TCP, UDP = ("tcp", "6"), ("udp", "17")


@dataclass(frozen=True)
class Opening:
    """Protocols, and the ports that an entry may name at most."""

    protocols: tuple[str, ...]
    first: int
    last: int


def validate(acl: Resource, options: Options) -> Findings:
    """Yield a finding for each entry that lets more than HTTPS and its answers cross the edge of the network."""
    inside = stack_config.network_cidrs(options.texts("insideCidrs")) or PRIVATE
    if acl.type == ACL_RULE and acl.read("egress").unknown:
        yield Undecided(acl.read("egress"))
        return
    for entry in entries(acl):
        if entry.action.value != "deny":
            yield from _allowing(entry, inside, options["firstEphemeralPort"])


def _allowing(entry: Entry, inside: tuple[str, ...], ephemeral: int) -> Findings:
    if entry.ipv6.given:
        yield Violation(f"{entry.ipv6.where} lets IPv6 through")
    if entry.ipv4.unknown:
        yield Undecided(entry.ipv4)
        return
    if lies_inside(entry.ipv4.value, inside):
        return
    said = (entry.protocol, entry.first, entry.last)
    unread = [reading for reading in (entry.action, *said) if reading.unknown]
    if unread:
        yield from (Undecided(reading) for reading in unread)
        return
    openings = _openings(entry, ephemeral)
    if not (all(reading.given for reading in said) and any(_fits(entry, one) for one in openings)):
        way, least = "out" if entry.outbound else "in", openings[0]
        text = f"lets more {way} than TCP {least.first} to {least.last} beyond {', '.join(inside)}"
        yield Violation(f"{entry.ipv4.where} {text}")


def _openings(entry: Entry, ephemeral: int) -> tuple[Opening, ...]:
    """Return what may cross the edge in the direction of an entry, from and to its range."""
    by_line = lies_inside(entry.ipv4.value, stack_config.on_premises())
    if entry.outbound:
        answers = Opening((*TCP, *UDP), ephemeral, LAST_PORT)
        return (Opening(TCP, HTTPS, HTTPS), *((answers,) if by_line else ()))
    asked = (Opening(TCP, HTTPS, HTTPS), Opening((*TCP, *UDP), DNS, DNS))
    return (Opening(TCP, ephemeral, LAST_PORT), *(asked if by_line else ()))


def _fits(entry: Entry, opening: Opening) -> bool:
    in_ports = opening.first <= entry.first.value and entry.last.value <= opening.last
    return entry.protocol.value in opening.protocols and in_ports


RULE = Rule(
    id="vpc-network-acl-opens-only-https",
    title="Network ACLs let only HTTPS and its answers cross the edge of the network",
    kind=Kind.RESOURCE,
    types=(ACL, ACL_RULE),
    paths=(
        *(f"NetworkAcl:{side}[].{name}" for side in ("ingress", "egress") for name in INLINE),
        *(f"NetworkAclRule:{name}" for name in ("egress", *BESIDE)),
    ),
    severity=Severity.HIGH,
    remediation="Let out TCP 443, let in TCP to the ephemeral ports, and name ranges inside for everything else.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    options={"insideCidrs": texts(), "firstEphemeralPort": integer(1024, minimum=1024)},
    mirrored_by=("runtime audit",),
    deferred=("ingress[].cidrBlock", "egress[].cidrBlock", "cidrBlock"),
    validate=validate,
)
