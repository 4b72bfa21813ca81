"""Cases of the rules about zones and descriptions, and of addresses of IPv6 on hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import endpoint, group, ingress_rule, old_rule, route, route_table, subnet, vpc
from tests.policy_pack.dns_baselines import resolver_endpoint
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, taken, unknown
from tests.policy_pack.machine_baselines import instance, launch_template

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

NETWORK, SUBNET, GROUP = vpc(), subnet(), group()
IN_GROUP = taken(launch_template(networkInterfaces=ABSENT, vpcSecurityGroupIds=[UNKNOWN]), vpcSecurityGroupIds=GROUP)
PROPAGATION = "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation"
IPV6 = "asks for addresses of IPv6"


def zone(name: Any, **changes: Any) -> PackResource:
    """A subnet of the network in a zone."""
    return taken(subnet(f"subnet-{name}", availabilityZoneId=name, **changes), vpcId=NETWORK)


CASES: dict[str, list[Case]] = {
    "vpc-subnets-span-two-zones": [
        passes("two zones", zone("apne1-az1"), zone("apne1-az4"), NETWORK),
        passes("by name", zone(ABSENT, availabilityZone="ap-northeast-1a"), zone("apne1-az4"), NETWORK),
        passes("one is enough where the options say", zone("apne1-az1"), NETWORK, options={"minZones": 1}),
        fails(
            "one zone",
            "its subnets name 1 zones",
            zone("apne1-az1"),
            taken(subnet("again", availabilityZoneId="apne1-az1"), vpcId=NETWORK),
            NETWORK,
        ),
        fails(
            "zones of another network",
            "its subnets name 0 zones",
            subnet(availabilityZoneId="apne1-az1", vpcId="vpc-9"),
            NETWORK,
        ),
        absent("AWS chooses", "its subnets name 1 zones", zone(ABSENT), zone("apne1-az4"), NETWORK),
        unknown(
            "a zone that is not known is none", "its subnets name 1 zones", zone(UNKNOWN), zone("apne1-az4"), NETWORK
        ),
    ],
    "vpc-endpoint-lies-in-two-zones": [
        passes("two subnets", endpoint()),
        passes("a gateway lies in none", endpoint(vpcEndpointType="Gateway", subnetIds=ABSENT)),
        passes("one is enough where the options say", endpoint(subnetIds=[UNKNOWN]), options={"minZones": 1}),
        fails("one subnet", "subnetIds names 1 subnets", endpoint(subnetIds=["subnet-1"])),
        absent("none", "subnetIds names 0 subnets", endpoint(subnetIds=ABSENT)),
        unknown("which ones does not matter", None, endpoint(subnetIds=[UNKNOWN, UNKNOWN])),
        unknown("how many must be known", "subnetIds is not known", endpoint(subnetIds=UNKNOWN)),
        unknown("the type must be known", "vpcEndpointType is not known", endpoint(vpcEndpointType=UNKNOWN)),
    ],
    "vpc-security-group-rule-has-description": [
        passes("a group", group()),
        passes("a rule", ingress_rule(description="HTTPS from workloads")),
        fails("what the provider fills in", "description does not say", group(description="Managed by Pulumi")),
        fails("an empty one", "description does not say", old_rule(description=" ".strip())),
        fails("a rule inside", "ingress[0].description does not say", group(ingress=[{"protocol": "tcp"}])),
        absent("a rule", "description does not say", ingress_rule()),
        unknown("it must be known", "description is not known", ingress_rule(description=UNKNOWN)),
    ],
    "vpc-has-no-ipv6": [
        passes("a machine", instance(ipv6AddressCount=0, enablePrimaryIpv6=False)),
        passes("an endpoint of IPv4", endpoint(ipAddressType="ipv4")),
        passes("a resolver endpoint of IPv4", resolver_endpoint(resolverEndpointType="IPV4")),
        passes("where the options allow it", instance(ipv6AddressCount=1), options={"allowIpv6": True}),
        fails("a machine with a number", f"ipv6AddressCount {IPV6}", instance(ipv6AddressCount=1)),
        fails("a machine with addresses", f"ipv6Addresses {IPV6}", instance(ipv6Addresses=["2600::1"])),
        fails(
            "a template",
            f"networkInterfaces[0].ipv6AddressCount {IPV6}",
            launch_template(networkInterfaces=[{"ipv6AddressCount": 1}]),
        ),
        fails(
            "a template, in text", f"primaryIpv6 {IPV6}", launch_template(networkInterfaces=[{"primaryIpv6": "true"}])
        ),
        fails("an endpoint of both families", "ipAddressType has another value", endpoint(ipAddressType="dualstack")),
        fails(
            "a resolver endpoint of both",
            "resolverEndpointType has another",
            resolver_endpoint(resolverEndpointType="DUALSTACK"),
        ),
        absent("machines have none", None, instance()),
        absent("endpoints have none", None, endpoint()),
        unknown("addresses that are not known are some", f"ipv6Addresses {IPV6}", instance(ipv6Addresses=UNKNOWN)),
        unknown("the family must be known", "ipAddressType is not known", endpoint(ipAddressType=UNKNOWN)),
    ],
    "vpc-security-group-prefix-list-is-listed": [
        fails("a route to a foreign list", "destinationPrefixListId is no list", route(destinationPrefixListId="pl-9")),
        fails(
            "a route inside a table",
            "routes[0].destinationPrefixListId is no list",
            route_table(routes=[{"destinationPrefixListId": "pl-9"}]),
        ),
    ],
    "vpc-route-target-stays-inside": [
        fails(
            "a gateway writes routes", "vpnGatewayId leads out", component(PROPAGATION, "routes", vpnGatewayId=UNKNOWN)
        ),
    ],
    "ec2-instance-has-no-public-ip": [
        fails(
            "a carrier's address",
            "associateCarrierIpAddress asks",
            launch_template(networkInterfaces=[{"associateCarrierIpAddress": "true"}]),
        ),
    ],
    "vpc-default-security-group-is-unused": [
        fails(
            "a load balancer in a foreign subnet",
            "subnets[0] is neither",
            component("aws:lb/loadBalancer:LoadBalancer", "lb", subnets=["subnet-9"]),
        ),
        passes("a VPC endpoint in our subnet", SUBNET, taken(endpoint(subnetIds=[UNKNOWN]), subnetIds=SUBNET)),
        passes("a gateway endpoint lies in none", endpoint(vpcEndpointType="Gateway", subnetIds=ABSENT)),
        absent(
            "neither machine nor template names a subnet",
            "subnetId is absent",
            GROUP,
            IN_GROUP,
            taken(
                instance(subnetId=ABSENT, vpcSecurityGroupIds=ABSENT, launchTemplate={"id": UNKNOWN}),
                launchTemplate=IN_GROUP,
            ),
        ),
        absent(
            "a load balancer without groups",
            "securityGroups is absent",
            component("aws:lb/loadBalancer:LoadBalancer", "lb"),
        ),
    ],
}
