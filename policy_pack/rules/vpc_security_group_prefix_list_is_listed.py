"""A rule or route that names a prefix list opens what the list holds, and nobody sees what a foreign one holds.

Known are the list of a gateway endpoint of this stack or of the adopted network, and managed lists of this stack.

Source: Amazon VPC User Guide, "AWS-managed prefix lists".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import Origins
from rule import Kind, Rule, Severity, texts
from security_groups import DEFAULT_GROUP, EGRESS_RULE, GROUP, INGRESS_RULE
from security_groups import RULE as OLD_RULE

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

LISTS = ("aws:ec2/vpcEndpoint:VpcEndpoint", "aws:ec2/managedPrefixList:ManagedPrefixList")
INLINE = ("ingress[].prefixListIds[]", "egress[].prefixListIds[]")
PLACES: dict[str, tuple[str, ...]] = {
    GROUP: INLINE,
    DEFAULT_GROUP: INLINE,
    OLD_RULE: ("prefixListIds[]",),
    INGRESS_RULE: ("prefixListId",),
    EGRESS_RULE: ("prefixListId",),
    "aws:ec2/route:Route": ("destinationPrefixListId",),
    "aws:ec2/routeTable:RouteTable": ("routes[].destinationPrefixListId",),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": ("routes[].destinationPrefixListId",),
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each prefix list that is neither of this stack nor listed."""
    lists, allowed = Origins(stack, *LISTS), (*options.texts("allowed"), *stack_config.adopted("s3-prefix-list"))
    for kind, paths in PLACES.items():
        for rule in stack.of_type(kind):
            for path in paths:
                yield from lists.strangers(rule, path, "is no list of this stack, and not listed", allowed)


RULE = Rule(
    id="vpc-security-group-prefix-list-is-listed",
    title="Rules and routes name only known prefix lists",
    kind=Kind.STACK,
    types=(*PLACES, *LISTS),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.MEDIUM,
    remediation="Use the list of the S3 gateway endpoint, one of the stack, or list the id.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html",
    options={"allowed": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
