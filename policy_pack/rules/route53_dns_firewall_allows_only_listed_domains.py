"""A name that may be asked is a way out, as slow as it is: who owns a domain reads what is asked below it.

A rule that allows takes a domain list of this stack, and the list holds names of AWS and inside names only. What a
list or a rule group of somebody else holds cannot be seen here: only rules that block or alert may take such a list,
and a network takes no such group.

Source: Amazon Route 53 Developer Guide, "Rule actions in DNS Firewall" and "Resolver DNS Firewall domain lists".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from dns_firewalls import ASSOCIATION, DOMAINS, GROUP, lies_in
from dns_firewalls import RULE as FIREWALL_RULE
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each list and group that is not of this stack, and for each foreign name that is allowed."""
    lists, groups = Origins(stack, DOMAINS), Origins(stack, GROUP)
    for kind in (ASSOCIATION, FIREWALL_RULE):
        for one in stack.of_type(kind):
            yield from groups.strangers(one, "firewallRuleGroupId", "is a rule group that is not of this stack")
    allowed: dict[str, Resource] = {}
    for rule in stack.of_type(FIREWALL_RULE):
        action = as_registered(rule).read("action")
        if action.unknown:
            yield Undecided(action, rule.urn)
        elif action.value not in ("BLOCK", "ALERT"):
            yield from lists.strangers(rule, "firewallDomainListId", "allows a domain list that is not of this stack")
            allowed |= {one.urn: one for one in lists.of(rule, "firewallDomainListId").resources}
    inside = (*options.texts("allowedDomains"), *stack_config.inside_domains())
    for listed in allowed.values():
        for found in as_registered(listed).each("domains[]"):
            if found.unknown:
                yield Undecided(found, listed.urn)
            elif not lies_in(found.value, inside):
                text = f"{found.where} is allowed, and is none of the domains that may be ({', '.join(inside)})"
                yield Violation(text, listed.urn)


RULE = Rule(
    id="route53-dns-firewall-allows-only-listed-domains",
    title="The DNS firewall allows only names of AWS and inside names",
    kind=Kind.STACK,
    types=(FIREWALL_RULE, DOMAINS, GROUP, ASSOCIATION),
    paths=(
        "ResolverFirewallRule:action",
        "ResolverFirewallRule:firewallDomainListId",
        "ResolverFirewallRule:firewallRuleGroupId",
        "ResolverFirewallRuleGroupAssociation:firewallRuleGroupId",
        "ResolverFirewallDomainList:domains[]",
    ),
    severity=Severity.HIGH,
    remediation="Allow names of AWS and inside names, or add the domain to the option allowedDomains with a reason.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html",
    options={
        "allowedDomains": texts("amazonaws.com", "sagemaker.aws", "api.aws", "compute.internal", "ec2.internal"),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
