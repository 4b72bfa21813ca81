"""What a network gets by itself serves whatever nobody gave a part of its own: it must serve nothing.

A subnet without association takes the main route table, and one without a network ACL of its own the default one,
which lets everything through. Neither can be deleted, so both are adopted and emptied.

Source: Amazon VPC User Guide, "Default network ACL" and "Subnet route tables", main route table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_not_be_given
from network_acls import DEFAULT_ACL
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

CONTENTS: dict[str, tuple[str, ...]] = {
    DEFAULT_ACL: ("ingress", "egress", "subnetIds"),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": ("routes", "propagatingVgws"),
}


def validate(part: Resource, _options: Options) -> Findings:
    """Yield a finding for each thing that an adopted default part holds, known or not."""
    for path in CONTENTS[part.type]:
        yield from must_not_be_given(part, path, why="whatever has no part of its own is served by this one")


RULE = Rule(
    id="vpc-default-parts-are-empty",
    title="The default network ACL and the main route table hold nothing",
    kind=Kind.RESOURCE,
    types=tuple(CONTENTS),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in CONTENTS.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Leave the default part empty, and give subnets a route table and a network ACL of their own.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
