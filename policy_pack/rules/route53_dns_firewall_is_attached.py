"""Without a firewall any name can be asked, which is a way out for data that no route and no group closes.

The firewall of a network ends in a rule that blocks every name: what no rule before it allowed is then refused. In
alert mode that rule only reports.

Source: Amazon Route 53 Developer Guide, "Resolver DNS Firewall rule groups and rules".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption import unserved
from dns_firewalls import ASSOCIATION, DOMAINS, EVERYTHING, GROUP, bare
from dns_firewalls import RULE as FIREWALL_RULE
from origins import Origins, as_registered
from rule import Kind, Level, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

VPC = "aws:ec2/vpc:Vpc"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each network without a firewall of this stack, and for each group that does not close."""
    groups, lists = Origins(stack, GROUP), Origins(stack, DOMAINS)
    attached = find(stack, (VPC,), (ASSOCIATION,), "vpcId")
    for network in attached.parents:
        if not any(groups.of(one, "firewallRuleGroupId").resources for one in attached.of[network.urn]):
            yield Violation("no rule group of a DNS firewall of this stack is associated with it", network.urn)
    associated = [one for one in stack.of_type(ASSOCIATION) if groups.of(one, "firewallRuleGroupId").resources]
    for vpc in unserved(associated, "vpcId"):
        yield Violation(f"no rule group of a DNS firewall of this stack is associated with the adopted network {vpc}")
    rules = find(stack, (GROUP,), (FIREWALL_RULE,), "firewallRuleGroupId")
    for group in rules.parents:
        last = max(rules.of[group.urn], key=_priority, default=None)
        if last is None or last.read("action").value != "BLOCK" or not _is_everything(last, lists):
            yield Violation("its last rule does not block every name", group.urn)


def _priority(rule: Resource) -> float:
    value = rule.read("priority").value
    return value if isinstance(value, int | float) else 0.0


def _is_everything(rule: Resource, lists: Origins) -> bool:
    listed = lists.of(rule, "firewallDomainListId").resources
    names = [found.value for one in listed for found in as_registered(one).each("domains[]")]
    return any(bare(name) == EVERYTHING for name in names)


RULE = Rule(
    id="route53-dns-firewall-is-attached",
    title="A DNS firewall with a closing block rule guards each network",
    kind=Kind.STACK,
    types=(VPC, ASSOCIATION, GROUP, FIREWALL_RULE, DOMAINS),
    paths=(
        "ResolverFirewallRuleGroupAssociation:vpcId",
        "ResolverFirewallRuleGroupAssociation:firewallRuleGroupId",
        "ResolverFirewallRule:firewallRuleGroupId",
        "ResolverFirewallRule:action",
        "ResolverFirewallRule:priority",
        "ResolverFirewallRule:firewallDomainListId",
        "ResolverFirewallDomainList:domains[]",
    ),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Associate a rule group that allows AWS and inside names and blocks the rest.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-groups.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
