"""Ways out of the network that have no gateway, and what AWS makes with a VPC when nobody looks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import GROUP, OPTIONS, SHARED, Edit, added

pytestmark = pytest.mark.verify

NETWORK, LOGS = "components/closed_network.py", "components/network_logs.py"
SUBNET = "network.subnet_ids[settings.network.zones[0]]"
BEGUN = (
    "        rights = create_service_rights(self, self._stem, self._plan, role, group)\n"
    '        logical_name = f"{self._stem}-flow-log"\n'
    "        return aws.ec2.FlowLog(\n            logical_name,\n            "
)
TO_GROUP = "log_destination=group.arn,"
FOREIGN_GROUP = "arn:aws:logs:ap-northeast-1:999988887777:log-group:/elsewhere"
NO_WAY = "vpc-virtual-gateway-is-listed"

EDITS: dict[str, tuple[Edit, str]] = {
    "no subnet is under our network ACL": (
        (NETWORK, "            subnet_ids=[subnet.id for subnet in self._subnets.values()],\n", ""),
        "vpc-subnet-has-own-network-acl",
    ),
    "the main route table is left to AWS": (
        (NETWORK, "        self._create_emptied_main_routes()\n", ""),
        "vpc-default-parts-are-adopted",
    ),
    "the default network ACL is left to AWS": (
        (NETWORK, "        self._create_emptied_default_acl()\n", ""),
        "vpc-default-parts-are-adopted",
    ),
    "an entry beside the network ACL opens a port": (
        added(
            'acl = aws.ec2.NetworkAcl("more", vpc_id=network.vpc_id,'
            f" {SHARED})\n"
            'aws.ec2.NetworkAclRule("open", network_acl_id=acl.id, rule_number=1, egress=True, rule_action="allow",'
            f' protocol="-1", cidr_block="0.0.0.0/0", {OPTIONS})'
        ),
        "vpc-network-acl-opens-only-https",
    ),
    "the record of traffic goes to another account": (
        (LOGS, TO_GROUP, f'log_destination="{FOREIGN_GROUP}",'),
        "logs-subscription-stays-inside",
    ),
    "the record of traffic is of something else": (
        (LOGS, f"{BEGUN}vpc_id=self._args.vpc_id", f'{BEGUN}vpc_id="vpc-0123456789abcdef0"'),
        "vpc-flow-logs-are-on",
    ),
    "the network is joined to another one": (
        added(
            'aws.ec2.VpcPeeringConnection("open", vpc_id=network.vpc_id, peer_vpc_id="vpc-0123456789abcdef0",'
            f" {SHARED})"
        ),
        NO_WAY,
    ),
    "the network is joined to a transit gateway": (
        added(
            'aws.ec2transitgateway.VpcAttachment("open", vpc_id=network.vpc_id, subnet_ids=[' + SUBNET + "],"
            f' transit_gateway_id="tgw-0123456789abcdef0", {SHARED})'
        ),
        NO_WAY,
    ),
    "the network is joined to a private line": (
        added(f'aws.ec2.VpnGateway("open", vpc_id=network.vpc_id, {SHARED})'),
        NO_WAY,
    ),
    "a gateway writes routes by itself": (
        added(
            'aws.ec2.VpnGatewayRoutePropagation("open", vpn_gateway_id="vgw-0123456789abcdef0",'
            f" route_table_id=network.route_table_id, {OPTIONS})"
        ),
        "vpc-route-target-stays-inside",
    ),
    "a route names a foreign prefix list": (
        added(
            'aws.ec2.Route("open", route_table_id=network.route_table_id, gateway_id="local",'
            f' destination_prefix_list_id="pl-0123456789abcdef0", {OPTIONS})'
        ),
        "vpc-security-group-prefix-list-is-listed",
    ),
    "a tunnel opens from outside": (
        added(f'aws.ec2transitgateway.InstanceConnectEndpoint("open", subnet_id={SUBNET}, {SHARED})'),
        "vpc-endpoint-service-is-not-published",
    ),
    "a load balancer faces the internet": (
        added(f'aws.lb.LoadBalancer("open", subnets=[{SUBNET}], security_groups=[{GROUP}], {SHARED})'),
        "vpc-endpoint-service-is-not-published",
    ),
    "hosts ask a name server outside": (
        added(f'aws.ec2.VpcDhcpOptions("open", domain_name_servers=["203.0.113.53"], {SHARED})'),
        "vpc-dhcp-options-use-amazon-dns",
    ),
    "an endpoint has addresses of IPv6": (
        (
            "components/service_endpoints.py",
            "            private_dns_enabled=True,\n",
            '            private_dns_enabled=True,\n            ip_address_type="dualstack",\n',
        ),
        "vpc-has-no-ipv6",
    ),
    "a machine is started in the default network": (
        added(f'aws.ec2.Instance("open", ami="ami-0123456789abcdef0", instance_type="t3.micro", {SHARED})'),
        "vpc-default-security-group-is-unused",
    ),
    "a machine has a key pair": (
        added(f'aws.ec2.KeyPair("open", public_key="ssh-ed25519 AAAA", {SHARED})'),
        "pulumi-type-is-reviewed",
    ),
    "a distribution serves the data": (
        added(f'aws.globalaccelerator.Accelerator("open", {SHARED})'),
        "pulumi-type-is-reviewed",
    ),
    "the account's block has a hole": (
        added(
            'aws.ec2.VpcBlockPublicAccessExclusion("open", vpc_id=network.vpc_id,'
            f' internet_gateway_exclusion_mode="allow-egress", {SHARED})'
        ),
        "vpc-block-public-access-is-bidirectional",
    ),
    "a shell leaves no record": (
        added(
            'aws.ssm.Document("open", document_type="Session",'
            """ content='{"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {}}',"""
            f" {SHARED})"
        ),
        "ssm-session-document-is-recorded",
    ),
    "an image is shared": (
        added(f'aws.ec2.AmiLaunchPermission("open", image_id="ami-0123456789abcdef0", group="all", {OPTIONS})'),
        "ec2-image-is-not-shared",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_a_way_out_without_a_gateway(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
