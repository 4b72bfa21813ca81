"""A group that admits more than itself lets one tenant's hosts call another's.

Each tenant's group admits its own members and nobody else. A group that hosts of several tenants carry admits nobody:
whatever it admitted, every tenant would. Shared are the groups of hosts that belong to no tenant, and the one that
documents name `security-group/<sharedGroup>`.

Source: Amazon VPC User Guide, "Security group rules", security group referencing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import plans
from hosts import PLACES
from origins import Origins, as_registered
from reading import State
from rule import Kind, Rule, Severity, Undecided, Violation, text
from security_groups import GROUP, INGRESS_RULE
from security_groups import RULE as OLD_RULE
from siblings import find
from tags import tenant_of

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

RULES = (OLD_RULE, INGRESS_RULE)
ITSELF = {INGRESS_RULE: "referencedSecurityGroupId", OLD_RULE: "sourceSecurityGroupId"}
OTHERS = {
    INGRESS_RULE: ("cidrIpv4", "cidrIpv6", "prefixListId"),
    OLD_RULE: ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds"),
}
INLINE_OTHERS = tuple(
    f"ingress[].{part}[]" for part in ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups")
)


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each inbound rule of a tenant's group from others, and for each of a shared group."""
    groups = Origins(stack, GROUP)
    beside = find(stack, (GROUP,), RULES, "securityGroupId")
    shared = _shared(stack, groups, str(options["sharedGroup"]))
    for group in beside.parents:
        rules = [rule for rule in beside.of[group.urn] if not _lets_out(rule)]
        if tenant_of(group) is not None:
            yield from _inline(group)
            for rule in rules:
                yield from _rule(rule, group, groups)
        elif group.urn in shared:
            for holder in (*rules, *([group] if as_registered(group).read("ingress").given else ())):
                yield Violation(f"an inbound rule of {group.name}, which hosts of all tenants carry", holder.urn)
    for rule in beside.unattributed:
        if not _lets_out(rule):
            yield Undecided(rule.read("securityGroupId"), rule.urn)


def _shared(stack: Stack, groups: Origins, name: str) -> set[str]:
    """Return the URNs of the groups that hosts carry, and of the one that documents name as shared."""
    carried = {
        group.urn
        for kind, (_, paths) in PLACES.items()
        for host in stack.of_type(kind)
        for path in paths
        for group in groups.of(host, path).resources
    }
    named = {plan.references.get(f"security-group/{name}") for plan in plans.everywhere()}
    return carried | {group.urn for group in stack.of_type(GROUP) if f"{group.type}|{group.name}" in named}


def _lets_out(rule: Resource) -> bool:
    return rule.type == OLD_RULE and rule.read("type").value == "egress"


def _inline(group: Resource) -> Findings:
    said = as_registered(group)
    if said.read("ingress").state is State.UNKNOWN:
        yield Undecided(said.read("ingress"), group.urn)
        return
    for path in INLINE_OTHERS:
        for found in said.each(path):
            if found.given:
                yield Violation(f"{found.where} admits others to a tenant's group", group.urn)


def _rule(rule: Resource, group: Resource, groups: Origins) -> Findings:
    said = as_registered(rule)
    for path in OTHERS[rule.type]:
        if said.read(path).given:
            yield Violation(f"{path} admits others than the members of {group.name}", rule.urn)
    source = ITSELF[rule.type]
    found = groups.of(rule, source)
    for one in found.untold:
        yield Undecided(one, rule.urn)
    if found.foreign or any(other.urn != group.urn for other in found.resources):
        yield Violation(f"{source} admits another group than {group.name} itself", rule.urn)


RULE = Rule(
    id="tenant-security-group-admits-only-itself",
    title="A tenant's security group admits only itself, a shared one nobody",
    kind=Kind.STACK,
    types=(GROUP, *RULES, *PLACES),
    paths=(
        *(f"SecurityGroup:{path}" for path in INLINE_OTHERS),
        "SecurityGroup:tags",
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, listed in OTHERS.items() for path in listed),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in ITSELF.items()),
        "SecurityGroupRule:type",
        "SecurityGroupRule:securityGroupId",
        "SecurityGroupIngressRule:securityGroupId",
    ),
    severity=Severity.CRITICAL,
    remediation="Admit only the group itself, and nobody to a group that hosts of several tenants carry.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    options={"sharedGroup": text("workload")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
