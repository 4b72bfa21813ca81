"""The group of an endpoint decides who reaches the service; without one AWS attaches the default group.

Groups are found by the URNs that the endpoint's groups were taken from, rules by those of their group. Ranges are
admitted only where the stack file says that they come in by a private line.

Source: Amazon EC2 API Reference, CreateVpcEndpoint, SecurityGroupIds (default: the default group of the VPC).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from networks import lies_inside
from origins import as_registered
from reading import as_list
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from security_groups import GROUPS, INGRESS_RULE, RULES, ingress_of, inline_ingress
from security_groups import RULE as RULE_RESOURCE
from siblings import find

if TYPE_CHECKING:
    from reading import Reading
    from resources import Resource, Stack
    from rule import Findings, Options
    from siblings import Siblings


ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
INLINE = ("ingress[].cidrBlocks[]", "ingress[].ipv6CidrBlocks[]", "ingress[].prefixListIds[]")
RANGES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(GROUPS, INLINE),
    RULE_RESOURCE: ("cidrBlocks[]", "ipv6CidrBlocks[]", "prefixListIds[]"),
    INGRESS_RULE: ("cidrIpv4", "cidrIpv6", "prefixListId"),
}
"""Where a rule names addresses: whoever gets one of them is admitted, whatever group it carries."""
PORT = 443


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for endpoints without own groups, and for groups that admit more or nobody."""
    rules = find(stack, GROUPS, RULES, "securityGroupId")
    own = {group.urn: group for group in rules.parents}
    judged: set[str] = set()
    for endpoint in stack.of_type(ENDPOINT):
        kind = endpoint.read("vpcEndpointType")
        if kind.unknown:
            yield Undecided(kind, endpoint.urn)
        if kind.value != "Interface":
            continue
        groups = endpoint.came_from("securityGroupIds", *GROUPS)
        yield from _foreign(endpoint, len(set(groups)), options)
        for urn in dict.fromkeys(groups):
            if urn not in judged:
                judged.add(urn)
                yield from _group(own[urn], rules)
    for rule in rules.unattributed:
        yield Undecided(rule.read("securityGroupId"), rule.urn)


def _foreign(endpoint: Resource, own: int, options: Options) -> Findings:
    found = endpoint.read("securityGroupIds")
    if endpoint.left_out("securityGroupIds") or not found.given:
        yield Violation("securityGroupIds is absent: AWS then attaches the default group", endpoint.urn)
        return
    named = as_list(found.value)
    listed = stack_config.adopted("security-groups", options.texts("adoptedSecurityGroupIds"))
    adopted = [one for one in named if one in listed]
    if not named and not own:
        yield Undecided(found, endpoint.urn)
    elif len(named) - len(adopted) > own:
        yield Violation("securityGroupIds names groups that are neither of this stack nor adopted", endpoint.urn)


def _group(group: Resource, rules: Siblings) -> Findings:
    beside = [ports for rule in rules.of.get(group.urn, ()) if (ports := ingress_of(rule)) is not None]
    inbound = [*inline_ingress(group), *beside]
    for ports in inbound:
        yield from ports.findings(PORT)
    for holder in dict.fromkeys(ports.holder for ports in inbound):
        for path in RANGES[holder.type]:
            if any(_is_strange(found, path) for found in as_registered(holder).each(path)):
                yield Violation(f"{path} admits addresses instead of groups to an endpoint", holder.urn)
    if not inbound:
        yield Violation("no inbound rule admits anybody, so nothing reaches the endpoint", group.urn)


def _is_strange(found: Reading, path: str) -> bool:
    """Return whether a rule admits addresses that the stack file does not say come in by a private line."""
    lists = "prefixList" in path
    return found.given and (lists or found.unknown or not lies_inside(found.value, stack_config.on_premises()))


RULE = Rule(
    id="vpc-endpoint-security-group-allows-only-https",
    title="Groups on endpoints admit only 443 from inside",
    kind=Kind.STACK,
    types=(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ),
    paths=(
        "VpcEndpoint:vpcEndpointType",
        "VpcEndpoint:securityGroupIds",
        "SecurityGroup:ingress[].protocol",
        "SecurityGroup:ingress[].fromPort",
        "SecurityGroup:ingress[].toPort",
        "SecurityGroupRule:type",
        "SecurityGroupRule:protocol",
        "SecurityGroupRule:fromPort",
        "SecurityGroupRule:toPort",
        "SecurityGroupRule:securityGroupId",
        "SecurityGroupIngressRule:securityGroupId",
        "SecurityGroupIngressRule:ipProtocol",
        "SecurityGroupIngressRule:fromPort",
        "SecurityGroupIngressRule:toPort",
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in RANGES.items() for path in paths),
    ),
    severity=Severity.HIGH,
    remediation="Attach a group whose only inbound rule is TCP 443 from the groups of the platform.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    options={
        "adoptedSecurityGroupIds": texts(),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
