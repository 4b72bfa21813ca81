"""A machine that names no group gets the default one, and one that names a foreign subnet is in a foreign network.

Subnets and groups of machines, launch templates and endpoints are of this stack or adopted. A machine may leave both
to its launch template, which is then of this stack too; an existing network interface brings its own and is refused.

Source: Amazon EC2 API Reference, RunInstances, SecurityGroupId and SubnetId (default: those of the default network);
Route 53 API Reference, CreateResolverEndpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from hosts import MACHINES
from machines import INSTANCE, TEMPLATE, TEMPLATE_NAMES, template_of
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Violation, texts
from security_groups import GROUP

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

SUBNET = "aws:ec2/subnet:Subnet"
INTERFACES: dict[str, tuple[str, ...]] = {
    INSTANCE: ("networkInterfaces", "primaryNetworkInterface", "secondaryNetworkInterfaces", "securityGroups"),
    TEMPLATE: ("networkInterfaces[].networkInterfaceId", "secondaryInterfaces[]", "securityGroupNames"),
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each host that lies, or may lie, in a subnet or under a group that is not the platform's."""
    finders = (Origins(stack, SUBNET), Origins(stack, GROUP))
    templates = Origins(stack, TEMPLATE)
    adopted = (
        stack_config.adopted("subnets", options.texts("adoptedSubnetIds")),
        stack_config.adopted("security-groups", options.texts("adoptedSecurityGroupIds")),
    )
    used: set[str] = set()
    for kind, places in MACHINES.items():
        for host in stack.of_type(kind):
            template = template_of(host, templates) if kind == INSTANCE else None
            used |= {template.urn} if template else set()
            for origins, listed, paths in zip(finders, adopted, places, strict=True):
                for path in paths:
                    yield from origins.strangers(host, path, "is neither of this stack nor adopted", listed)
            if host.urn not in used:
                yield from _left_out(host, template)
            yield from _around(host, templates)


def _left_out(host: Resource, template: Resource | None) -> Findings:
    """Yield a finding for what neither a host nor its template names; a template alone may leave the subnet open."""
    subnets, groups = MACHINES[host.type]
    if groups and not _names(host, groups) and not (template and _names(template, MACHINES[TEMPLATE][1])):
        yield Violation(f"{groups[0].removesuffix('[]')} is absent: AWS then attaches the default group", host.urn)
    if (
        host.type == INSTANCE
        and not _names(host, subnets)
        and not (template and _names(template, MACHINES[TEMPLATE][0]))
    ):
        yield Violation(f"{subnets[0]} is absent: AWS then takes the default network", host.urn)


def _names(host: Resource, paths: tuple[str, ...]) -> bool:
    return any(found.given for path in paths for found in as_registered(host).each(path))


def _around(host: Resource, templates: Origins) -> Findings:
    """Yield a finding for each way around the subnet and the groups that a host names."""
    for path in INTERFACES.get(host.type, ()):
        if any(found.given for found in as_registered(host).each(path)):
            yield Violation(f"{path} brings a network of its own", host.urn)
    if host.type == INSTANCE:
        for path in TEMPLATE_NAMES:
            yield from templates.strangers(host, path, "names a launch template that is not of this stack")


RULE = Rule(
    id="vpc-default-security-group-is-unused",
    title="Machines and endpoints lie in subnets and groups of the platform, never in the default group",
    kind=Kind.STACK,
    types=(*MACHINES, SUBNET, GROUP),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, both in MACHINES.items() for one in both for path in one),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in INTERFACES.items() for path in paths),
        *(f"Instance:{path}" for path in TEMPLATE_NAMES),
    ),
    severity=Severity.MEDIUM,
    remediation="Name a subnet and a security group of the platform, or list adopted ones.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    options={"adoptedSubnetIds": texts(), "adoptedSecurityGroupIds": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
