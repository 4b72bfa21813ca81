"""A subnet without a network ACL of this stack has the default one, or one that nobody here has looked at.

Source: Amazon EC2 API Reference, ReplaceNetworkAclAssociation and CreateNetworkAclEntry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from network_acls import ACL, ASSOCIATION
from network_acls import RULE as ACL_RULE
from origins import Origins
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

SUBNET = "aws:ec2/subnet:Subnet"
SUBNETS: dict[str, str] = {ACL: "subnetIds[]", ASSOCIATION: "subnetId"}
ACLS: dict[str, str] = {ASSOCIATION: "networkAclId", ACL_RULE: "networkAclId"}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each subnet without a network ACL of this stack, and for what is of neither nor adopted."""
    finders = (Origins(stack, SUBNET), Origins(stack, ACL))
    adopted = (
        stack_config.adopted("subnets", options.texts("adoptedSubnetIds")),
        options.texts("adoptedNetworkAclIds"),
    )
    for places, origins, listed in zip((SUBNETS, ACLS), finders, adopted, strict=True):
        for kind, path in places.items():
            for one in stack.of_type(kind):
                yield from origins.strangers(one, path, "is neither of this stack nor adopted", listed)
    subnets, acls = finders
    covered = {
        subnet.urn
        for kind, path in SUBNETS.items()
        for one in stack.of_type(kind)
        if kind == ACL or acls.of(one, ACLS[kind]).resources
        for subnet in subnets.of(one, path).resources
    }
    for subnet in stack.of_type(SUBNET):
        if subnet.urn not in covered:
            yield Violation("no network ACL of this stack stands around the subnet", subnet.urn)


RULE = Rule(
    id="vpc-subnet-has-own-network-acl",
    title="Every subnet has a network ACL of the stack",
    kind=Kind.STACK,
    types=(ACL, ASSOCIATION, ACL_RULE, SUBNET),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for places in (SUBNETS, ACLS) for kind, path in places.items()),
    severity=Severity.MEDIUM,
    remediation="Refer to the subnets and the network ACL that the platform creates, or list adopted ones.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html",
    options={"adoptedSubnetIds": texts(), "adoptedNetworkAclIds": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
