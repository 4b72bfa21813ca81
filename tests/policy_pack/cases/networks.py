"""Cases of the rules about gateways, routes, groups and the default group."""

from __future__ import annotations

from tests.policy_pack.baselines import (
    default_group,
    endpoint,
    group,
    ingress_rule,
    old_rule,
    prefix_list,
    route,
    route_table,
    vpc,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, taken, unknown

GATEWAY = component("aws:ec2/internetGateway:InternetGateway", "gateway", vpcId=UNKNOWN)
NAT = "aws:ec2/natGateway:NatGateway"
PEERING = component("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "to-data", vpcId=UNKNOWN, peerVpcId="vpc-2")
TABLE = component("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", routes=[{"cidrBlock": "0.0.0.0/0"}])
WORLD = "so much that it stands for everywhere"
NETWORK = vpc()
ADOPTED = taken(default_group(), vpcId=NETWORK)
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def inline(**rule: object) -> dict[str, object]:
    """An inline rule that admits HTTPS."""
    return {"protocol": "tcp", "fromPort": 443, "toPort": 443, **rule}


WORKLOAD = group()
FILLED = group("filled", ingress=[inline()])
DRAINED = group("drained", egress=[inline()])
COMPUTED = group("computed", ingress=UNKNOWN, egress=UNKNOWN)

CASES: dict[str, list[Case]] = {
    "vpc-has-no-internet-gateway": [
        passes("a network is no gateway", vpc()),
        passes(
            "a private one that the options allow",
            component(NAT, "nat", connectivityType="private"),
            options={"allowPrivate": True},
        ),
        fails("an internet gateway", "leads out of the network", GATEWAY),
        fails(
            "an attachment", "leads out", component("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "a")
        ),
        fails(
            "an egress-only gateway",
            "leads out",
            component("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "e"),
        ),
        fails("a carrier gateway", "leads out", component("aws:ec2/carrierGateway:CarrierGateway", "c")),
        fails("a private one that nobody allowed", "leads out", component(NAT, "nat", connectivityType="private")),
        absent(
            "public unless said, even where private ones are allowed",
            "leads out",
            component(NAT, "nat"),
            options={"allowPrivate": True},
        ),
        unknown(
            "the kind of a NAT gateway",
            "leads out",
            component(NAT, "nat", connectivityType=UNKNOWN),
            options={"allowPrivate": True},
        ),
    ],
    "vpc-virtual-gateway-is-listed": [
        passes("an ordinary endpoint", endpoint()),
        passes("a listed one", PEERING, options={"allowed": ["to-data"]}),
        fails("a peering", "joins the network to another one", PEERING),
        fails("another name is listed", "joins the network", PEERING, options={"allowed": ["to-other"]}),
        fails("a VPN gateway", "joins the network", component("aws:ec2/vpnGateway:VpnGateway", "vpn")),
        fails("a client VPN", "joins the network", component("aws:ec2clientvpn/endpoint:Endpoint", "client")),
        fails(
            "a transit attachment",
            "joins the network",
            component("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "transit"),
        ),
        fails("an endpoint into a service network", "serviceNetworkArn is given", endpoint(serviceNetworkArn="arn:x")),
        absent("without these properties it is an ordinary endpoint", None, endpoint(serviceNetworkArn=ABSENT)),
        unknown(
            "the target is an output", "resourceConfigurationArn is given", endpoint(resourceConfigurationArn=UNKNOWN)
        ),
    ],
    "vpc-route-has-no-default-destination": [
        fails(
            "inside the main table, IPv6",
            WORLD,
            component("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", routes=[{"ipv6CidrBlock": "::/0"}]),
        ),
        passes("a range inside", route()),
        passes(
            "a short prefix that the options allow",
            route(destinationCidrBlock="0.0.0.0/1"),
            options={"shortestIpv4Prefix": 1},
        ),
        fails("everywhere", WORLD, route(destinationCidrBlock="0.0.0.0/0")),
        fails("the upper half", WORLD, route(destinationCidrBlock="128.0.0.0/1")),
        fails("the lower half", WORLD, route(destinationCidrBlock="0.0.0.0/1")),
        fails("everywhere in IPv6", WORLD, route(destinationCidrBlock=ABSENT, destinationIpv6CidrBlock="::/0")),
        fails("IPv6 that is routable", WORLD, route(destinationCidrBlock=ABSENT, destinationIpv6CidrBlock="2000::/3")),
        fails("no range at all", WORLD, route(destinationCidrBlock="everything")),
        fails(
            "inside a table",
            f"routes[1].cidrBlock covers {WORLD}",
            route_table(routes=[{"cidrBlock": "10.1.0.0/16"}, {"cidrBlock": "0.0.0.0/0"}]),
        ),
        fails("inside a table, IPv6", WORLD, route_table(routes=[{"ipv6CidrBlock": "::/1"}])),
        fails("inside the main table", WORLD, TABLE),
        absent("only the local route", None, route_table()),
        unknown("the range must be known", "destinationCidrBlock is not known", route(destinationCidrBlock=UNKNOWN)),
        unknown("routes must be known", "routes is not known", route_table(routes=UNKNOWN)),
    ],
    "vpc-security-group-has-no-world-rule": [
        passes("a range inside", group(ingress=[inline(cidrBlocks=["10.0.0.0/16"])])),
        passes("a group or a prefix list", ingress_rule(), ingress_rule("second", prefixListId=UNKNOWN)),
        fails(
            "inline, inbound",
            f"ingress[0].cidrBlocks[1] covers {WORLD}",
            group(ingress=[inline(cidrBlocks=["10.0.0.0/16", "0.0.0.0/0"])]),
        ),
        fails("inline, inbound, IPv6", WORLD, group(ingress=[inline(ipv6CidrBlocks=["::/0"])])),
        fails("inline, outbound", WORLD, group(egress=[inline(cidrBlocks=["0.0.0.0/0"])])),
        fails("inline, half of everywhere", WORLD, group(egress=[inline(cidrBlocks=["0.0.0.0/1"])])),
        fails("inline in the default group", WORLD, default_group(egress=[inline(ipv6CidrBlocks=["::/0"])])),
        fails("a rule of the older type", WORLD, old_rule(cidrBlocks=["0.0.0.0/0"])),
        fails("a rule of the newer type, inbound", "cidrIpv4 covers", ingress_rule(cidrIpv4="0.0.0.0/0")),
        fails("a rule of the newer type, inbound, IPv6", "cidrIpv6 covers", ingress_rule(cidrIpv6="::/0")),
        fails("a rule of the newer type, outbound", WORLD, component(EGRESS, "out", cidrIpv4="128.0.0.0/1")),
        absent("a group without rules is closed", None, group()),
        unknown("the range must be known", "cidrIpv4 is not known", ingress_rule(cidrIpv4=UNKNOWN)),
        unknown("rules must be known", "ingress is not known", group(ingress=UNKNOWN)),
        unknown(
            "one range among several",
            "ingress[0].cidrBlocks[0] is not known",
            group(ingress=[inline(cidrBlocks=[UNKNOWN])]),
        ),
    ],
    "vpc-prefix-list-has-no-world-entry": [
        passes(
            "an IPv6 range that the options call inside",
            prefix_list(entries=[{"cidr": "fd00:1::/64"}]),
            options={"insideCidrs": ["fd00::/8"]},
        ),
        fails(
            "an IPv6 range outside those",
            "lies outside",
            prefix_list(entries=[{"cidr": "2600::/64"}]),
            options={"insideCidrs": ["fd00::/8", "10.0.0.0/8"]},
        ),
        passes("ranges inside", prefix_list()),
        passes(
            "a range that the options call inside",
            prefix_list(entries=[{"cidr": "100.64.0.0/16"}]),
            options={"insideCidrs": ["100.64.0.0/10"]},
        ),
        fails("everywhere", "entries[0].cidr lies outside", prefix_list(entries=[{"cidr": "0.0.0.0/0"}])),
        fails("a public range", "lies outside", prefix_list(entries=[{"cidr": "52.0.0.0/16"}])),
        fails("everywhere in IPv6", "lies outside", prefix_list(entries=[{"cidr": "::/0"}])),
        fails(
            "an entry of its own",
            "cidr lies outside",
            component("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "entry", cidr="0.0.0.0/0"),
        ),
        absent("an empty list", None, prefix_list(entries=ABSENT)),
        unknown("entries must be known", "entries is not known", prefix_list(entries=UNKNOWN)),
    ],
    "vpc-default-security-group-is-closed": [
        passes("a rule in another group", NETWORK, ADOPTED, taken(ingress_rule(), securityGroupId=group()), group()),
        passes("adopted and empty", NETWORK, ADOPTED),
        passes(
            "adopted by a known id", vpc(id="vpc-1"), default_group(vpcId="vpc-1", ingress=[], egress=[]), update=True
        ),
        fails(
            "two for one network",
            "it has 2 DefaultSecurityGroup resources",
            NETWORK,
            ADOPTED,
            taken(default_group("twice"), vpcId=NETWORK),
            on="network",
        ),
        fails("rules inside", "ingress holds rules", NETWORK, taken(default_group(ingress=[inline()]), vpcId=NETWORK)),
        fails(
            "rules taken from elsewhere",
            "egress holds rules",
            NETWORK,
            taken(default_group(egress=UNKNOWN), vpcId=NETWORK, egress=group()),
        ),
        fails(
            "a rule beside",
            "puts a rule into a default group",
            NETWORK,
            ADOPTED,
            taken(ingress_rule(), securityGroupId=ADOPTED),
        ),
        fails(
            "a rule by the network's own reference",
            "into a default group",
            NETWORK,
            ADOPTED,
            taken(old_rule(), securityGroupId=NETWORK),
        ),
        absent("nobody adopts it", "it has 0 DefaultSecurityGroup resources", NETWORK),
        unknown(
            "rules that AWS computes are no rules",
            None,
            NETWORK,
            taken(default_group(ingress=UNKNOWN, egress=UNKNOWN), vpcId=NETWORK),
        ),
        unknown("whose group it is cannot be said", "vpcId is not known", NETWORK, default_group()),
    ],
    "vpc-dns-is-on": [
        passes("on, in text", vpc(enableDnsHostnames="true")),
        fails("off, in text", "another value", vpc(enableDnsHostnames="false")),
        passes("both on", vpc()),
        fails("host names are off", "enableDnsHostnames has another value", vpc(enableDnsHostnames=False)),
        fails("support is off", "enableDnsSupport has another value", vpc(enableDnsSupport=False)),
        absent("support is on", None, vpc(enableDnsSupport=ABSENT)),
        absent("host names are off", "enableDnsHostnames is absent", vpc(enableDnsHostnames=ABSENT)),
        unknown("they must be known", "enableDnsHostnames is not known", vpc(enableDnsHostnames=UNKNOWN)),
        unknown("support must be known", "enableDnsSupport is not known", vpc(enableDnsSupport=UNKNOWN)),
    ],
    "vpc-default-vpc-is-not-adopted": [
        passes("a network of our own", vpc()),
        fails(
            "the default network", "adopts the default network", component("aws:ec2/defaultVpc:DefaultVpc", "default")
        ),
        absent(
            "whatever it says",
            "adopts the default network",
            component("aws:ec2/defaultSubnet:DefaultSubnet", "default"),
        ),
        unknown(
            "whatever it says",
            "adopts the default network",
            component("aws:ec2/defaultVpc:DefaultVpc", "default", tags=UNKNOWN),
        ),
    ],
    "vpc-security-group-uses-one-style": [
        passes("beside only", WORKLOAD, taken(ingress_rule(), securityGroupId=WORKLOAD)),
        passes("inside only", group(ingress=[inline()])),
        fails(
            "both",
            "ingress holds rules, and https is a rule beside",
            taken(ingress_rule(), securityGroupId=FILLED),
            FILLED,
        ),
        fails(
            "both, outbound", "egress holds rules, and old-rule is", taken(old_rule(), securityGroupId=DRAINED), DRAINED
        ),
        fails(
            "the older and the newer type",
            "rules of the older and of the newer type",
            taken(old_rule(), securityGroupId=WORKLOAD),
            taken(ingress_rule(), securityGroupId=WORKLOAD),
            WORKLOAD,
        ),
        absent("no rules", None, WORKLOAD),
        unknown("rules that AWS computes are none", None, taken(ingress_rule(), securityGroupId=COMPUTED), COMPUTED),
        unknown("whose rule it is cannot be said", "securityGroupId is not known", WORKLOAD, ingress_rule()),
    ],
}
