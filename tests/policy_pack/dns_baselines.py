"""One compliant resource of each type of the resolver; a case changes exactly one thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import TAGS
from tests.policy_pack.harness import UNKNOWN, given

if TYPE_CHECKING:
    from preview.pack_messages import PackResource


def domains(logical: str = "names", /, **changes: Any) -> PackResource:
    """A list of names of AWS."""
    listed = ["*.ap-northeast-1.amazonaws.com.", "*.notebook.ap-northeast-1.sagemaker.aws."]
    baseline = {"name": logical, "domains": listed, "tags": TAGS}
    return given("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList", logical, baseline, changes)


def rule_group(logical: str = "firewall", /, **changes: Any) -> PackResource:
    """A rule group of the DNS firewall."""
    kind = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
    return given(kind, logical, {"name": logical, "tags": TAGS}, changes)


def firewall_rule(logical: str = "allow", /, **changes: Any) -> PackResource:
    """A rule that allows a list."""
    baseline = {
        "name": logical,
        "action": "ALLOW",
        "priority": 100,
        "firewallDomainListId": UNKNOWN,
        "firewallRuleGroupId": UNKNOWN,
    }
    return given("aws:route53/resolverFirewallRule:ResolverFirewallRule", logical, baseline, changes)


def firewall_association(logical: str = "attached", /, **changes: Any) -> PackResource:
    """A rule group associated with a network."""
    baseline = {"firewallRuleGroupId": UNKNOWN, "vpcId": UNKNOWN, "priority": 101, "name": logical, "tags": TAGS}
    kind = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
    return given(kind, logical, baseline, changes)


def firewall_config(logical: str = "config", /, **changes: Any) -> PackResource:
    """The firewall's behaviour when it cannot decide."""
    baseline = {"resourceId": UNKNOWN, "firewallFailOpen": "DISABLED"}
    return given("aws:route53/resolverFirewallConfig:ResolverFirewallConfig", logical, baseline, changes)


def query_log(logical: str = "queries", /, **changes: Any) -> PackResource:
    """A query log configuration."""
    baseline = {"name": logical, "destinationArn": UNKNOWN, "tags": TAGS}
    return given("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", logical, baseline, changes)


def query_log_association(logical: str = "logged", /, **changes: Any) -> PackResource:
    """A query log of a network."""
    baseline = {"resolverQueryLogConfigId": UNKNOWN, "resourceId": UNKNOWN}
    kind = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"
    return given(kind, logical, baseline, changes)


def resolver_endpoint(logical: str = "inbound", /, **changes: Any) -> PackResource:
    """An endpoint that answers clients outside."""
    baseline = {
        "direction": "INBOUND",
        "ipAddresses": [{"subnetId": UNKNOWN}, {"subnetId": UNKNOWN}],
        "securityGroupIds": [UNKNOWN],
        "tags": TAGS,
    }
    return given("aws:route53/resolverEndpoint:ResolverEndpoint", logical, baseline, changes)


def resolver_rule(logical: str = "forward", /, **changes: Any) -> PackResource:
    """A rule that forwards an inside domain."""
    baseline = {"domainName": "corp.example.", "ruleType": "FORWARD", "resolverEndpointId": UNKNOWN, "tags": TAGS}
    return given("aws:route53/resolverRule:ResolverRule", logical, baseline, changes)


def dhcp_options(logical: str = "dhcp", /, **changes: Any) -> PackResource:
    """DHCP options with the network's own name server."""
    baseline = {"domainNameServers": ["AmazonProvidedDNS"], "tags": TAGS}
    return given("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", logical, baseline, changes)
