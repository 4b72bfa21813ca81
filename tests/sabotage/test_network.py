"""The ways out of the network, opened one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import GROUP, SHARED, added

pytestmark = pytest.mark.verify

NETWORK, ENDPOINTS = "components/closed_network.py", "components/service_endpoints.py"
GATEWAY_POLICY = "route_table_ids=list(self._args.route_table_ids),\n                policy=policy,\n"
INTERFACE_POLICY = "security_group_ids=[self.endpoints_security_group_id],\n            policy=policy,\n"
ALLOW_ALL = (
    """policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'"""
)
WORKLOAD = 'description="Shared by all notebooks, jobs and models: admits nobody, reaches the VPC endpoints",\n'
ROUTES = "by hand.\n            routes=[],"
WORLD_BLOCK = 'aws.ec2.SecurityGroup{way}Args(protocol="tcp", from_port=443, to_port=443, cidr_blocks=["0.0.0.0/0"])'


EDITS: dict[str, tuple[tuple[str, str, str], str]] = {
    "the gateway endpoint's policy is absent": (
        (ENDPOINTS, GATEWAY_POLICY, GATEWAY_POLICY.replace("                policy=policy,\n", "")),
        "vpc-endpoint-has-policy",
    ),
    "the interface endpoints' policy is absent": (
        (ENDPOINTS, INTERFACE_POLICY, INTERFACE_POLICY.replace("            policy=policy,\n", "")),
        "vpc-endpoint-has-policy",
    ),
    "an endpoint's policy allows everything": (
        (ENDPOINTS, GATEWAY_POLICY, GATEWAY_POLICY.replace("policy=policy", ALLOW_ALL)),
        "vpc-endpoint-policy-is-scoped",
    ),
    "the planned policy of the endpoints names no account": (
        (
            "components/documents/endpoints.py",
            (
                "        resources=ANYTHING,\n"
                '        conditions={"StringEquals": '
                '{"aws:PrincipalAccount": account, "aws:ResourceAccount": account}},'
            ),
            "        resources=ANYTHING,",
        ),
        "vpc-endpoint-policy-is-scoped",
    ),
    "the endpoints have public names only": (
        (ENDPOINTS, "private_dns_enabled=True", "private_dns_enabled=False"),
        "vpc-endpoint-private-dns-is-on",
    ),
    "the endpoints admit more than 443": (
        (
            ENDPOINTS,
            (
                "security_group_id=self.endpoints_security_group_id,\n            referenced_security_group_id="
                'self._args.workload_security_group_id,\n            ip_protocol="tcp",\n            from_port=HTTPS,'
            ),
            (
                "security_group_id=self.endpoints_security_group_id,\n            referenced_security_group_id="
                'self._args.workload_security_group_id,\n            ip_protocol="tcp",\n            from_port=22,'
            ),
        ),
        "vpc-endpoint-security-group-allows-only-https",
    ),
    "there is an internet gateway": (
        added(f'aws.ec2.InternetGateway("way-out", vpc_id=network.vpc_id, {SHARED})'),
        "vpc-has-no-internet-gateway",
    ),
    "there is a NAT gateway": (
        added(f'aws.ec2.NatGateway("way-out", subnet_id=network.subnet_ids[settings.network.zones[0]], {SHARED})'),
        "vpc-has-no-internet-gateway",
    ),
    "there is an egress-only gateway": (
        added(f'aws.ec2.EgressOnlyInternetGateway("way-out", vpc_id=network.vpc_id, {SHARED})'),
        "vpc-has-no-internet-gateway",
    ),
    "the route table has a default route": (
        (
            NETWORK,
            ROUTES,
            (
                f"{ROUTES.removesuffix('[],')}[aws.ec2.RouteTableRouteArgs("
                'cidr_block="0.0.0.0/0", gateway_id="igw-0123456789abcdef0")],'
            ),
        ),
        "vpc-route-has-no-default-destination",
    ),
    "a route covers half of the world": (
        added(
            'aws.ec2.Route("way-out", route_table_id=network.route_table_id, destination_cidr_block="0.0.0.0/1",'
            ' gateway_id="igw-0123456789abcdef0", opts=pulumi.ResourceOptions(provider=provider))'
        ),
        "vpc-route-has-no-default-destination",
    ),
    "subnets give public addresses": (
        (NETWORK, "map_public_ip_on_launch=False", "map_public_ip_on_launch=True"),
        "vpc-subnet-assigns-no-public-ip",
    ),
    "there is a public address": (added(f'aws.ec2.Eip("way-out", domain="vpc", {SHARED})'), "ec2-has-no-elastic-ip"),
    "a group is open to the world inline": (
        (NETWORK, WORKLOAD, f"{WORKLOAD}ingress=[{WORLD_BLOCK.format(way='Ingress')}],\n"),
        "vpc-security-group-has-no-world-rule",
    ),
    "a group reaches the world inline": (
        (NETWORK, WORKLOAD, f"{WORKLOAD}egress=[{WORLD_BLOCK.format(way='Egress')}],\n"),
        "vpc-security-group-has-no-world-rule",
    ),
    "a group is open by a rule of the older kind": (
        added(
            f'aws.ec2.SecurityGroupRule("way-out", security_group_id={GROUP}, type="egress", protocol="-1",'
            ' from_port=0, to_port=0, ipv6_cidr_blocks=["::/0"], opts=pulumi.ResourceOptions(provider=provider))'
        ),
        "vpc-security-group-has-no-world-rule",
    ),
    "a group is open by a rule of the newer kind": (
        added(
            f'aws.vpc.SecurityGroupEgressRule("way-out", security_group_id={GROUP}, ip_protocol="-1",'
            f' cidr_ipv4="0.0.0.0/0", {SHARED})'
        ),
        "vpc-security-group-has-no-world-rule",
    ),
    "the default group admits its members": (
        (
            NETWORK,
            "ingress=[],",
            'ingress=[aws.ec2.DefaultSecurityGroupIngressArgs(protocol="-1", from_port=0, to_port=0, self=True)],',
        ),
        "vpc-default-security-group-is-closed",
    ),
    "the default group is not taken over": (
        (NETWORK, "        self._create_emptied_default_group()\n", ""),
        "vpc-default-security-group-is-closed",
    ),
    "the main route table leads somewhere": (
        (
            NETWORK,
            "routes=[],\n            propagating_vgws=[],",
            'routes=[aws.ec2.DefaultRouteTableRouteArgs(cidr_block="10.9.0.0/16", gateway_id="igw-012345678")],',
        ),
        "vpc-default-parts-are-empty",
    ),
    "the default network ACL lets everything in": (
        (
            NETWORK,
            "default_network_acl_id=self._vpc.default_network_acl_id,",
            (
                "default_network_acl_id=self._vpc.default_network_acl_id,\n"
                "            ingress=[aws.ec2.DefaultNetworkAclIngressArgs("
                'rule_no=100, action="allow", protocol="-1", from_port=0, to_port=0, cidr_block="10.0.0.0/16")],'
            ),
        ),
        "vpc-default-parts-are-empty",
    ),
    "the network ACL lets more than HTTPS out": (
        ("components/network_acl.py", "first_port=HTTPS, last_port=HTTPS", "first_port=22, last_port=HTTPS"),
        "vpc-network-acl-opens-only-https",
    ),
    "the flow log records accepted traffic alone": (
        ("components/network_logs.py", 'ALL_TRAFFIC = "ALL"', 'ALL_TRAFFIC = "ACCEPT"'),
        "vpc-flow-log-captures-all-traffic",
    ),
    "the record of traffic has no key of ours": (
        ("components/network_logs.py", "            kms_key_id=self._args.key_arn,\n", ""),
        "logs-group-uses-customer-key",
    ),
    "the record of traffic is kept for ever": (
        ("components/network_logs.py", "            retention_in_days=self._args.retention_days,\n", ""),
        "logs-group-has-retention",
    ),
    "the firewall of names allows a name of the internet": (
        ("components/service_names.py", "return tuple(sorted({own, ", 'return tuple(sorted({own, "*.example.com", '),
        "route53-dns-firewall-allows-only-listed-domains",
    ),
    "the firewall of names answers while it cannot decide": (
        ("components/name_firewall.py", 'firewall_fail_open="DISABLED"', 'firewall_fail_open="ENABLED"'),
        "route53-dns-firewall-fails-closed",
    ),
    "the firewall of names only reports, though the stack file says block": (
        ("components/name_firewall.py", '"ALERT" if self._args.alert_only else "BLOCK"', '"ALERT"'),
        "route53-dns-firewall-blocks-where-declared",
    ),
    "the firewall of names is made for nobody, though the stack file says block": (
        ("wiring/network.py", "    _raise_name_firewall(site, closed)\n", ""),
        "route53-dns-firewall-blocks-where-declared",
    ),
    "nothing of the traffic is recorded": (
        ("wiring/network.py", "    _raise_logs(site, closed, keys[LOGS])\n", ""),
        "vpc-flow-logs-are-on",
    ),
    "queries are forwarded to a resolver outside": (
        added(
            'aws.route53.ResolverEndpoint("way-out", direction="OUTBOUND", ip_addresses=['
            "aws.route53.ResolverEndpointIpAddressArgs(subnet_id=each) for each in network.subnet_ids.values()],"
            f" security_group_ids=[{GROUP}], {SHARED})"
        ),
        "route53-resolver-has-no-outbound-path",
    ),
    "host names are off": ((NETWORK, "enable_dns_hostnames=True", "enable_dns_hostnames=False"), "vpc-dns-is-on"),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_a_way_out_of_the_network(edit: tuple[str, str, str], rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


REMARKS: dict[str, tuple[tuple[str, str, str], str]] = {
    "the firewall of names only reports": (
        ("components/name_firewall.py", '"ALERT" if self._args.alert_only else "BLOCK"', '"ALERT"'),
        "route53-dns-firewall-is-attached",
    ),
    "the firewall of names is made for nobody": (
        ("wiring/network.py", "    _raise_name_firewall(site, closed)\n", ""),
        "route53-dns-firewall-is-attached",
    ),
    "queries are recorded for nobody": (
        ("components/network_logs.py", "        self._create_query_log_association()\n", ""),
        "route53-query-log-is-on",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), REMARKS.values(), ids=REMARKS)
def test_the_pack_remarks_on_names_that_are_free_or_unseen(
    edit: tuple[str, str, str], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(edit)
    assert rule in {row["policy"] for row in verdict.run["diagnostics"] if row["level"] == "advisory"}
