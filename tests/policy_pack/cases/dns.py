"""Cases of the rules about names: the DNS firewall, query logs and the resolver."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.baselines import vpc
from tests.policy_pack.dns_baselines import (
    domains,
    firewall_association,
    firewall_config,
    firewall_rule,
    query_log,
    query_log_association,
    resolver_endpoint,
    resolver_rule,
    rule_group,
)
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    passes,
    taken,
    unknown,
)

NETWORK, GROUP, NAMES, LOG = vpc(), rule_group(), domains(), query_log()
EVERYTHING = domains("everything", domains=["*"])
ATTACHED = taken(firewall_association(), vpcId=NETWORK, firewallRuleGroupId=GROUP)
ALLOWED = taken(firewall_rule(), firewallDomainListId=NAMES, firewallRuleGroupId=GROUP)
CLOSING = "its last rule does not block every name"
ASSOCIATION = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation"


def closing(listed: PackResource = EVERYTHING, **changes: Any) -> PackResource:
    """The rule that blocks the rest."""
    rule = firewall_rule("block", **{"action": "BLOCK", "blockResponse": "NXDOMAIN", "priority": 900, **changes})
    return taken(rule, firewallDomainListId=listed, firewallRuleGroupId=GROUP)


def in_group(**changes: Any) -> PackResource:
    """A rule of the stack's group."""
    return taken(firewall_rule(**changes), firewallRuleGroupId=GROUP)


def allowing(*listed: Any) -> tuple[PackResource, ...]:
    """A rule that allows names."""
    return GROUP, in_group(firewallDomainListId="rslvr-fdl-1"), domains(id="rslvr-fdl-1", domains=list(listed))


FIREWALL = (GROUP, NAMES, EVERYTHING, ALLOWED, closing())

CASES: dict[str, list[Case]] = {
    "route53-dns-firewall-allows-only-listed-domains": [
        passes("names of AWS", ATTACHED, NETWORK, *FIREWALL),
        passes("the VPC's own names", *allowing("*.ap-northeast-1.compute.internal")),
        passes("a listed domain", *allowing("git.corp.example"), options={"allowedDomains": ["corp.example."]}),
        passes("every name where it is blocked", EVERYTHING, GROUP, closing()),
        passes("every name where it is reported", EVERYTHING, GROUP, closing(action="ALERT")),
        passes(
            "a foreign list where it is blocked", GROUP, in_group(action="BLOCK", firewallDomainListId="rslvr-fdl-9")
        ),
        fails("every name", "domains[0] is allowed", *allowing("*")),
        fails("a foreign name", "domains[1] is allowed", *allowing("sts.amazonaws.com", "example.com")),
        fails("a whole top level", "domains[0] is allowed", *allowing("*.com")),
        fails("a name that only ends alike", "domains[0] is allowed", *allowing("*.evil-amazonaws.com")),
        fails(
            "a foreign list", "allows a domain list that is not", GROUP, in_group(firewallDomainListId="rslvr-fdl-9")
        ),
        fails(
            "a rule in a foreign group", "is a rule group that is not", firewall_rule(firewallRuleGroupId="rslvr-frg-9")
        ),
        fails(
            "a foreign group on the network",
            "is a rule group that is not",
            NETWORK,
            taken(firewall_association(firewallRuleGroupId="rslvr-frg-9"), vpcId=NETWORK),
        ),
        absent(
            "a list without names", None, GROUP, in_group(firewallDomainListId="l"), domains(id="l", domains=ABSENT)
        ),
        absent(
            "no action blocks nothing",
            "domains[0] is allowed",
            GROUP,
            in_group(action=ABSENT, firewallDomainListId="l"),
            domains(id="l", domains=["*"]),
        ),
        unknown("the action must be known", "action is not known", GROUP, in_group(action=UNKNOWN)),
        unknown("a name must be known", "domains[0] is not known", *allowing(UNKNOWN)),
        unknown("which list it is cannot be said", "firewallDomainListId is not known", GROUP, in_group()),
        unknown("whose group it is cannot be said", "firewallRuleGroupId is not known", firewall_association()),
    ],
    "route53-dns-firewall-fails-closed": [
        passes("closed", firewall_config()),
        fails("open", "firewallFailOpen lets names through", firewall_config(firewallFailOpen="ENABLED")),
        fails(
            "as another account's setting says",
            "lets names",
            firewall_config(firewallFailOpen="USE_LOCAL_RESOURCE_SETTING"),
        ),
        absent("closed", None, firewall_config(firewallFailOpen=ABSENT)),
        unknown("it must be known", "firewallFailOpen is not known", firewall_config(firewallFailOpen=UNKNOWN)),
    ],
    "route53-dns-firewall-is-attached": [
        passes("a firewall that closes", NETWORK, ATTACHED, *FIREWALL),
        passes("no network", component("closed-sagemaker:network:ClosedNetwork", "network")),
        fails(
            "it only reports", CLOSING, NETWORK, ATTACHED, NAMES, EVERYTHING, ALLOWED, closing(action="ALERT"), GROUP
        ),
        fails("it blocks some", CLOSING, NETWORK, ATTACHED, NAMES, ALLOWED, closing(NAMES), GROUP),
        fails(
            "something is allowed after it",
            CLOSING,
            NETWORK,
            ATTACHED,
            NAMES,
            EVERYTHING,
            ALLOWED,
            closing(priority=1),
            GROUP,
        ),
        fails("no rules", CLOSING, NETWORK, ATTACHED, GROUP),
        fails(
            "a foreign group",
            "no rule group of a DNS firewall",
            taken(firewall_association(firewallRuleGroupId="rslvr-frg-9"), vpcId=NETWORK),
            NETWORK,
        ),
        absent("any name can be asked", "no rule group of a DNS firewall", NETWORK),
        unknown("whose it is cannot be said", "no rule group", firewall_association(), NETWORK),
    ],
    "route53-dns-firewall-blocks-where-declared": [
        passes("it blocks, as the stack file says", NETWORK, ATTACHED, *FIREWALL),
        fails(
            "it only reports", CLOSING, NETWORK, ATTACHED, NAMES, EVERYTHING, ALLOWED, closing(action="ALERT"), GROUP
        ),
        fails("no rules", CLOSING, NETWORK, ATTACHED, GROUP),
        absent("any name can be asked", "no rule group of a DNS firewall", NETWORK),
        unknown("whose it is cannot be said", "no rule group", firewall_association(), NETWORK),
    ],
    "route53-query-log-is-on": [
        passes("a log", LOG, NETWORK, taken(query_log_association(), resourceId=NETWORK, resolverQueryLogConfigId=LOG)),
        fails(
            "a foreign log",
            "no query log",
            taken(query_log_association(resolverQueryLogConfigId="rqlc-9"), resourceId=NETWORK),
            NETWORK,
        ),
        absent("no record", "no query log", NETWORK),
        unknown(
            "whose it is cannot be said",
            "no query log",
            LOG,
            taken(query_log_association(), resolverQueryLogConfigId=LOG),
            NETWORK,
        ),
    ],
    "route53-resolver-has-no-outbound-path": [
        passes("an inbound endpoint", resolver_endpoint()),
        passes("a system rule", resolver_rule(ruleType="SYSTEM")),
        passes("a listed domain", resolver_rule(), options={"allowedDomains": ["corp.example"]}),
        passes(
            "the endpoint of a listed domain",
            resolver_endpoint(direction="OUTBOUND"),
            options={"allowedDomains": ["corp.example"]},
        ),
        passes("a listed association", component(ASSOCIATION, "corp"), options={"allowedAssociations": ["corp"]}),
        fails("an outbound endpoint", "direction lets queries out", resolver_endpoint(direction="OUTBOUND")),
        fails("a rule that forwards", "ruleType forwards queries", resolver_rule()),
        fails(
            "a rule for every name",
            "ruleType forwards",
            resolver_rule(domainName="."),
            options={"allowedDomains": ["corp.example"]},
        ),
        fails(
            "a rule of somebody else",
            "it applies a forwarding rule",
            component(ASSOCIATION, "corp", resolverRuleId="rslvr-rr-9"),
        ),
        absent("the direction is required", "direction lets queries out", resolver_endpoint(direction=ABSENT)),
        absent("the type is required", "ruleType forwards", resolver_rule(ruleType=ABSENT)),
        unknown("the direction must be known", "direction is not known", resolver_endpoint(direction=UNKNOWN)),
        unknown("the type must be known", "ruleType is not known", resolver_rule(ruleType=UNKNOWN)),
        unknown("the domain must be known", "domainName is not known", resolver_rule(domainName=UNKNOWN)),
    ],
}
