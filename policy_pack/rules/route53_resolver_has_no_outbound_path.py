"""A query that is forwarded out of the network carries what was asked to a server that nobody here runs.

Inbound endpoints answer clients of a network outside and forward nothing. Rules that forward, and the outbound
endpoints that they need, are for listed inside domains; a rule that is associated may be one that another account
shares, so associations are listed by logical name.

Source: Amazon Route 53 API Reference, CreateResolverEndpoint, Direction, and CreateResolverRule, RuleType.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dns_firewalls import lies_in
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

ENDPOINT = "aws:route53/resolverEndpoint:ResolverEndpoint"
FORWARDING = "aws:route53/resolverRule:ResolverRule"
ASSOCIATION = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation"


def validate(part: Resource, options: Options) -> Findings:
    """Yield a finding for each part of a path by which queries leave the network."""
    domains = options.texts("allowedDomains")
    if part.type == ENDPOINT:
        found = part.read("direction")
        if found.unknown:
            yield Undecided(found)
        elif found.value not in ("INBOUND", "INBOUND_DELEGATION") and not domains:
            yield Violation("direction lets queries out of the network")
    elif part.type == FORWARDING:
        kind, domain = part.read("ruleType"), part.read("domainName")
        if kind.value == "SYSTEM":
            return
        if kind.unknown or domain.unknown:
            yield Undecided(kind if kind.unknown else domain)
        elif not lies_in(domain.value, domains):
            yield Violation("ruleType forwards queries for a domain that is not listed")
    elif part.name not in options.texts("allowedAssociations"):
        yield Violation("it applies a forwarding rule to a network and is not listed")


RULE = Rule(
    id="route53-resolver-has-no-outbound-path",
    title="DNS queries are not forwarded out of the network",
    kind=Kind.RESOURCE,
    types=(ENDPOINT, FORWARDING, ASSOCIATION),
    paths=("ResolverEndpoint:direction", "ResolverRule:ruleType", "ResolverRule:domainName"),
    severity=Severity.HIGH,
    remediation="Remove the outbound endpoint, or list the inside domain that it serves.",
    url="https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverEndpoint.html",
    options={"allowedDomains": texts(), "allowedAssociations": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
