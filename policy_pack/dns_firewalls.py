"""Types of the DNS firewall, and what its domain names cover.

Source: Amazon Route 53 Developer Guide, "Using DNS Firewall to filter outbound DNS traffic".
"""

from __future__ import annotations

ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
GROUP = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
DOMAINS = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
CONFIG = "aws:route53/resolverFirewallConfig:ResolverFirewallConfig"
EVERYTHING = "*"


def bare(domain: object) -> str:
    """Return a domain name in small letters without the dot at its end."""
    return str(domain).strip().lower().rstrip(".")


def lies_in(domain: object, suffixes: tuple[str, ...]) -> bool:
    """Return whether a domain name of a list, with or without a star before it, lies in one of the suffixes."""
    name = bare(domain).removeprefix("*.")
    return any(
        name == suffix or name.endswith(f".{suffix}") for suffix in (bare(one).removeprefix("*.") for one in suffixes)
    )
