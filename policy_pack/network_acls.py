"""The ways in which an entry gets into a network ACL, read alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Reading
    from resources import Resource

ACL = "aws:ec2/networkAcl:NetworkAcl"
DEFAULT_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
RULE = "aws:ec2/networkAclRule:NetworkAclRule"
ASSOCIATION = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
INLINE = ("action", "cidrBlock", "ipv6CidrBlock", "protocol", "fromPort", "toPort")
BESIDE = ("ruleAction", *INLINE[1:])


@dataclass(frozen=True)
class Entry:
    """One entry: its direction, what it does and whom it is about."""

    outbound: bool
    action: Reading
    ipv4: Reading
    ipv6: Reading
    protocol: Reading
    first: Reading
    last: Reading


def entries(acl: Resource) -> Iterator[Entry]:
    """Yield the entries of a network ACL, or the one that a rule beside it is, inbound unless `egress` is on."""
    if acl.type == RULE:
        yield Entry(acl.read("egress").flag() is True, *(acl.read(name) for name in BESIDE))
        return
    for side in ("ingress", "egress"):
        columns = (acl.each(f"{side}[].{name}") for name in INLINE)
        for readings in zip(*columns, strict=True):
            yield Entry(side == "egress", *readings)
