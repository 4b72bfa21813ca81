"""What the stack file says of the network: adopted ids, private lines, inside names and the bucket of the logs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
import stack_config
from catalogue import BY_ID

from tests.policy_pack import harness
from tests.policy_pack.baselines import endpoint, group, ingress_rule, notebook, subnet
from tests.policy_pack.dns_baselines import (
    domains,
    firewall_association,
    firewall_rule,
    query_log,
    query_log_association,
    rule_group,
)
from tests.policy_pack.machine_baselines import acl_association, entry, flow_log, instance, network_acl

if TYPE_CHECKING:
    from tests.policy_pack.harness import PackResource

ADOPT = {
    "vpc": "vpc-9",
    "cidr": "10.9.0.0/16",
    "subnets": {"apne1-az1": "subnet-8", "apne1-az4": "subnet-9"},
    "security-groups": {"workload": "sg-8", "endpoints": "sg-9"},
    "endpoints": {"s3": "vpce-9"},
    "s3-prefix-list": "pl-9",
}
LINE = {"cidr": "10.0.0.0/16", "on-premises": ["10.20.0.0/16"]}
GROUP, LISTS = group("endpoints"), rule_group()
ENDPOINT = harness.taken(endpoint(), securityGroupIds=GROUP)


def acl(direction: str, first: int, last: int, **more: Any) -> PackResource:
    """A network ACL with one entry for the range of the private line."""
    said_of_it = entry(first, last, cidrBlock="10.20.1.0/24", **more)
    return network_acl(**{"ingress": [], "egress": [], direction: [said_of_it]})


def egress_rule(**changes: Any) -> PackResource:
    """A rule that lets out."""
    return harness.component("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", **changes)


def line_to_endpoints(**changes: Any) -> tuple[PackResource, ...]:
    """The endpoints' group with a rule that admits addresses."""
    admitted = ingress_rule(referencedSecurityGroupId=harness.ABSENT, **changes)
    return GROUP, ENDPOINT, harness.taken(admitted, securityGroupId=GROUP)


def allowed(name: str) -> tuple[PackResource, ...]:
    """A rule of the DNS firewall that allows a name."""
    rule = harness.taken(firewall_rule(firewallDomainListId="l"), firewallRuleGroupId=LISTS)
    return LISTS, rule, domains(id="l", domains=[name])


FACTS: dict[str, tuple[str, dict[str, Any], tuple[PackResource, ...]]] = {
    "an adopted network": ("vpc-part-lies-in-own-network", {"adopt": ADOPT}, (subnet(vpcId="vpc-9"),)),
    "an adopted host's place": (
        "sagemaker-compute-uses-platform-subnets",
        {"adopt": ADOPT},
        (notebook(subnetId="subnet-8", securityGroups=["sg-8"]),),
    ),
    "an adopted machine's place": (
        "vpc-default-security-group-is-unused",
        {"adopt": ADOPT},
        (instance(subnetId="subnet-9", vpcSecurityGroupIds=["sg-8"]),),
    ),
    "the adopted group of the endpoints": (
        "vpc-endpoint-security-group-allows-only-https",
        {"adopt": ADOPT},
        (endpoint(securityGroupIds=["sg-9"]),),
    ),
    "an adopted subnet": (
        "vpc-subnet-has-own-network-acl",
        {"adopt": ADOPT},
        (network_acl(subnetIds=["subnet-8", "subnet-9"]),),
    ),
    "the adopted list of S3": (
        "vpc-security-group-prefix-list-is-listed",
        {"adopt": ADOPT},
        (egress_rule(prefixListId="pl-9"),),
    ),
    "the range of an adopted network": (
        "vpc-security-group-cidr-is-inside",
        {"adopt": ADOPT},
        (ingress_rule(cidrIpv4="10.9.1.0/24"),),
    ),
    "calls by a private line": ("vpc-security-group-cidr-is-inside", LINE, (ingress_rule(cidrIpv4="10.20.1.0/24"),)),
    "calls of endpoints by a private line": (
        "vpc-endpoint-security-group-allows-only-https",
        LINE,
        line_to_endpoints(cidrIpv4="10.20.1.0/24"),
    ),
    "HTTPS by a private line": ("vpc-network-acl-opens-only-https", LINE, (acl("ingress", 443, 443),)),
    "names by a private line": ("vpc-network-acl-opens-only-https", LINE, (acl("ingress", 53, 53, protocol="udp"),)),
    "answers to a private line": (
        "vpc-network-acl-opens-only-https",
        LINE,
        (acl("egress", 1024, 65535, protocol="udp"),),
    ),
    "an inside name": (
        "route53-dns-firewall-allows-only-listed-domains",
        {"dns-firewall": {"inside-domains": ["*.corp.example"]}},
        allowed("git.corp.example."),
    ),
    "the bucket of the logs": (
        "logs-subscription-stays-inside",
        {"flow-logs": {"bucket": "ml-dev-logs-7f3a"}},
        (flow_log(logDestination="arn:aws:s3:::ml-dev-logs-7f3a/flow"),),
    ),
}
STILL_REFUSED: dict[str, tuple[str, dict[str, Any], tuple[PackResource, ...]]] = {
    "calls to a private line": (
        "vpc-security-group-cidr-is-inside",
        LINE,
        (egress_rule(cidrIpv4="10.20.1.0/24"),),
    ),
    "another port by a private line": ("vpc-network-acl-opens-only-https", LINE, (acl("ingress", 22, 22),)),
    "names asked of a private line": (
        "vpc-network-acl-opens-only-https",
        LINE,
        (acl("egress", 53, 53, protocol="udp"),),
    ),
    "endpoints called from beside the line": (
        "vpc-endpoint-security-group-allows-only-https",
        LINE,
        line_to_endpoints(cidrIpv4="10.0.0.0/8"),
    ),
    "a prefix list to endpoints": (
        "vpc-endpoint-security-group-allows-only-https",
        LINE,
        line_to_endpoints(prefixListId="pl-1"),
    ),
    "a foreign ACL around an adopted subnet": (
        "vpc-subnet-has-own-network-acl",
        {"adopt": ADOPT},
        (acl_association(networkAclId="acl-9", subnetId="subnet-9"),),
    ),
}


def said(monkeypatch: pytest.MonkeyPatch, rule: str, network: Any, judged: tuple[PackResource, ...]) -> list[str]:
    """Return what a rule says of resources while the stack file says something of the network."""
    config = {
        **harness.CONFIG,
        f"{harness.PROJECT}:network": network if isinstance(network, str) else json.dumps(network),
    }
    monkeypatch.setattr(stack_config, "project", lambda: harness.PROJECT)
    monkeypatch.setattr(stack_config, "is_preview", lambda: True)
    monkeypatch.setattr(pulumi.runtime, "get_config", config.get)
    found, _ = harness.by_function(BY_ID[rule], harness.fails("", "", *judged))
    return [message for _, message in found]


@pytest.mark.parametrize(("rule", "network", "judged"), FACTS.values(), ids=FACTS)
def test_what_the_stack_file_says_is_inside(
    rule: str, network: dict[str, Any], judged: tuple[PackResource, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, rule, network, judged) == []
    assert said(monkeypatch, rule, {"cidr": "10.0.0.0/16"}, judged), "without the stack file's word it is refused"


@pytest.mark.parametrize(("rule", "network", "judged"), STILL_REFUSED.values(), ids=STILL_REFUSED)
def test_what_the_stack_file_says_opens_no_more_than_that(
    rule: str, network: dict[str, Any], judged: tuple[PackResource, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, rule, network, judged)


@pytest.mark.parametrize(
    ("rule", "inside"),
    [
        ("vpc-network-acl-opens-only-https", acl("ingress", 22, 22)),
        ("vpc-security-group-cidr-is-inside", ingress_rule(cidrIpv4="10.20.1.0/24")),
    ],
)
def test_where_nobody_says_what_is_inside_private_ranges_are(
    rule: str, inside: PackResource, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, rule, {}, (inside,)) == []
    assert said(monkeypatch, rule, {"cidr": "10.0.0.0/16"}, (inside,))


@pytest.mark.parametrize("network", ["{", "[]", '"text"', '{"adopt": [], "on-premises": 7, "dns-firewall": "off"}'])
def test_a_network_that_cannot_be_read_permits_nothing(network: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, "vpc-part-lies-in-own-network", network, (subnet(vpcId="vpc-9"),))
    assert stack_config.on_premises() == stack_config.inside_domains() == stack_config.adopted("subnets") == ()
    assert stack_config.log_bucket() is None
    assert stack_config.adopted_services() == ()


def test_an_adopted_network_must_have_the_endpoints_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rule, network = "vpc-endpoint-set-is-complete", {"adopt": ADOPT}
    (missing,) = [one for one in said(monkeypatch, rule, network, (endpoint(),)) if "notebook" in one]
    assert "no endpoint of this stack leads to aws.sagemaker.ap-northeast-1.notebook" in missing
    assert not [one for one in said(monkeypatch, rule, network, (endpoint(),)) if ".s3. " in one]
    assert said(monkeypatch, rule, {"cidr": "10.0.0.0/16"}, (endpoint(),)) == []


LOG = query_log()
MISSED = {
    "vpc-flow-logs-are-on": ((flow_log(vpcId="vpc-9"),), (flow_log(vpcId="vpc-8"),)),
    "route53-query-log-is-on": (
        (LOG, harness.taken(query_log_association(resourceId="vpc-9"), resolverQueryLogConfigId=LOG)),
        (LOG, query_log_association(resourceId="vpc-9", resolverQueryLogConfigId="rqlc-9")),
    ),
    "route53-dns-firewall-is-attached": (
        (LISTS, harness.taken(firewall_association(vpcId="vpc-9"), firewallRuleGroupId=LISTS)),
        (LISTS, firewall_association(vpcId="vpc-9", firewallRuleGroupId="rslvr-frg-9")),
    ),
}


@pytest.mark.parametrize(("rule", "there", "missing"), [(rule, *both) for rule, both in MISSED.items()], ids=MISSED)
def test_an_adopted_network_is_recorded_and_guarded_too(
    rule: str, there: tuple[PackResource, ...], missing: tuple[PackResource, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    about = "the adopted network vpc-9"
    assert not [one for one in said(monkeypatch, rule, {"adopt": ADOPT}, there) if about in one]
    assert [one for one in said(monkeypatch, rule, {"adopt": ADOPT}, missing) if about in one]
    assert not [one for one in said(monkeypatch, rule, {"cidr": "10.0.0.0/16"}, missing) if about in one]
