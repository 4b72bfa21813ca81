"""Cases of the rules about network ACLs, default parts and DHCP options."""

from __future__ import annotations

from tests.policy_pack.baselines import subnet, vpc
from tests.policy_pack.dns_baselines import dhcp_options
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, taken, unknown
from tests.policy_pack.machine_baselines import (
    acl_association,
    acl_rule,
    default_acl,
    entry,
    main_table,
    network_acl,
)

WORLD, INSIDE = "0.0.0.0/0", "10.0.0.0/16"
ACL, SUBNET = network_acl(subnetIds=ABSENT), subnet()
KNOWN_ACL = network_acl(id="acl-1", subnetIds=ABSENT)
NETWORK = vpc()
TABLE, EMPTIED = taken(main_table(), defaultRouteTableId=NETWORK), taken(default_acl(), defaultNetworkAclId=NETWORK)

CASES: dict[str, list[Case]] = {
    "vpc-network-acl-opens-only-https": [
        passes("HTTPS out, answers in", network_acl()),
        passes("anything inside", network_acl(ingress=[entry(0, 0, protocol="-1", cidrBlock=INSIDE)])),
        passes("a part of the network", network_acl(egress=[entry(2049, 2049, cidrBlock="10.0.7.0/24")])),
        passes("what is denied", network_acl(ingress=[entry(22, 22, action="deny", cidrBlock=WORLD)])),
        passes("TCP by its number", acl_rule(protocol="6")),
        passes("an entry beside, inbound", acl_rule(egress=False, fromPort=1024, toPort=65535)),
        passes(
            "a range that the options call inside",
            network_acl(ingress=[entry(0, 65535, cidrBlock="192.168.7.0/24")]),
            options={"insideCidrs": ["10.0.0.0/16", "192.168.0.0/16"]},
        ),
        fails(
            "another private network is not this one",
            "lets more in than TCP 1024 to 65535",
            network_acl(ingress=[entry(443, 443, cidrBlock="192.168.7.0/24")]),
        ),
        fails("calls from everywhere", "lets more in", network_acl(ingress=[entry(443, 443, cidrBlock=WORLD)])),
        fails("one port too many", "lets more in", network_acl(ingress=[entry(1023, 65535, cidrBlock=WORLD)])),
        fails(
            "an answer to a port that the options call a server's",
            "lets more in than TCP 32768",
            network_acl(),
            options={"firstEphemeralPort": 32768},
        ),
        fails(
            "out by HTTP",
            "egress[1].cidrBlock lets more out than TCP 443 to 443",
            network_acl(egress=[entry(443, 443, cidrBlock=WORLD), entry(80, 80, cidrBlock=WORLD)]),
        ),
        fails("half of everywhere", "lets more out", network_acl(egress=[entry(0, 65535, cidrBlock="128.0.0.0/1")])),
        fails("another protocol", "lets more out", acl_rule(protocol="udp")),
        fails("every protocol", "lets more out", acl_rule(protocol="-1", fromPort=0, toPort=0)),
        fails("no word for deny", "lets more out", acl_rule(ruleAction="Deny", toPort=444)),
        fails("an entry beside, inbound", "lets more in", acl_rule(egress=False)),
        fails("IPv6", "ipv6CidrBlock lets IPv6 through", acl_rule(cidrBlock=ABSENT, ipv6CidrBlock="::/0")),
        fails(
            "IPv6 inside an ACL",
            "egress[0].ipv6CidrBlock lets IPv6 through",
            network_acl(egress=[entry(443, 443, ipv6CidrBlock="2600::/64")]),
        ),
        absent("without entries everything is refused", None, network_acl(ingress=ABSENT, egress=ABSENT)),
        absent("the direction is then inbound", "lets more in", acl_rule(egress=ABSENT)),
        absent("no ports are all ports", "lets more out", acl_rule(fromPort=ABSENT, toPort=ABSENT)),
        absent("no range and not narrow", "lets more out", acl_rule(cidrBlock=ABSENT, toPort=65535)),
        unknown("a range is judged at the update", None, acl_rule(cidrBlock=UNKNOWN), deferred=("cidrBlock",)),
        unknown(
            "a range inside an ACL",
            None,
            network_acl(ingress=ABSENT, egress=[entry(443, 443, cidrBlock=UNKNOWN)]),
            deferred=("egress[0].cidrBlock",),
        ),
        unknown("a range at the update", "cidrBlock is not known", acl_rule(cidrBlock=UNKNOWN), update=True),
        unknown("the direction must be known", "egress is not known", acl_rule(egress=UNKNOWN)),
        unknown("what it does must be known", "ruleAction is not known", acl_rule(ruleAction=UNKNOWN)),
        unknown("a port must be known", "toPort is not known", acl_rule(toPort=UNKNOWN)),
        unknown("a port inside needs not be known", None, acl_rule(cidrBlock=INSIDE, toPort=UNKNOWN)),
        unknown("an IPv6 range", "ipv6CidrBlock lets IPv6", acl_rule(cidrBlock=ABSENT, ipv6CidrBlock=UNKNOWN)),
    ],
    "vpc-default-parts-are-empty": [
        passes("an emptied ACL", default_acl(ingress=[], egress=[])),
        passes("an emptied table", main_table()),
        fails("an entry", "ingress is given", default_acl(ingress=[entry(443, 443, cidrBlock=INSIDE)])),
        fails("an entry that lets out", "egress is given", default_acl(egress=[entry(0, 0, cidrBlock=WORLD)])),
        fails("a subnet", "subnetIds is given", default_acl(subnetIds=["subnet-1"])),
        fails("a route", "routes is given", main_table(routes=[{"cidrBlock": "10.1.0.0/16", "gatewayId": "local"}])),
        fails("a gateway that writes routes", "propagatingVgws is given", main_table(propagatingVgws=["vgw-1"])),
        absent("adopting empties it", None, default_acl()),
        absent("adopting empties the table", None, main_table(routes=ABSENT)),
        unknown("entries from elsewhere are entries", "egress is given", default_acl(egress=UNKNOWN)),
        unknown("routes from elsewhere are routes", "routes is given", main_table(routes=UNKNOWN)),
    ],
    "vpc-subnet-has-own-network-acl": [
        passes("an association", ACL, SUBNET, taken(acl_association(), networkAclId=ACL, subnetId=SUBNET)),
        passes("subnets inside the ACL", SUBNET, taken(network_acl(subnetIds=[UNKNOWN]), subnetIds=SUBNET)),
        passes("an entry beside", ACL, taken(acl_rule(), networkAclId=ACL)),
        passes("known ids", KNOWN_ACL, acl_rule(networkAclId="acl-1"), update=True),
        passes(
            "an adopted one",
            acl_association(networkAclId="acl-9", subnetId="subnet-9"),
            options={"adoptedNetworkAclIds": ["acl-9"], "adoptedSubnetIds": ["subnet-9"]},
        ),
        fails(
            "a foreign ACL",
            "networkAclId is neither of this stack nor adopted",
            SUBNET,
            taken(acl_association(networkAclId="acl-9"), subnetId=SUBNET),
        ),
        fails("a foreign subnet", "subnetIds[0] is neither", network_acl(subnetIds=["subnet-9"])),
        fails("an entry in a foreign ACL", "networkAclId is neither", acl_rule(networkAclId="acl-9")),
        fails(
            "a foreign ACL stands around it",
            "no network ACL of this stack stands around",
            taken(acl_association(networkAclId="acl-9"), subnetId=SUBNET),
            SUBNET,
            options={"adoptedNetworkAclIds": ["acl-9"]},
        ),
        absent("an ACL without subnets", None, ACL),
        absent("a subnet without an ACL has the default one", "no network ACL of this stack", ACL, SUBNET),
        unknown("whose it is cannot be said", "networkAclId is not known", ACL, acl_rule()),
        unknown(
            "a subnet that cannot be told", "subnetId is not known", ACL, taken(acl_association(), networkAclId=ACL)
        ),
    ],
    "vpc-default-parts-are-adopted": [
        passes("both", NETWORK, TABLE, EMPTIED),
        passes(
            "both, by known ids",
            vpc(id="vpc-1", defaultNetworkAclId="acl-1", defaultRouteTableId="rtb-1"),
            default_acl(defaultNetworkAclId="acl-1"),
            main_table(defaultRouteTableId="rtb-1"),
            update=True,
        ),
        fails("no table", "it has 0 DefaultRouteTable resources", EMPTIED, NETWORK),
        fails("no ACL", "it has 0 DefaultNetworkAcl resources", TABLE, NETWORK),
        fails(
            "a table twice",
            "it has 2 DefaultRouteTable resources",
            TABLE,
            taken(main_table("again"), defaultRouteTableId=NETWORK),
            EMPTIED,
            NETWORK,
        ),
        fails(
            "that of another network",
            "it has 0 DefaultNetworkAcl",
            TABLE,
            default_acl(defaultNetworkAclId="acl-9"),
            NETWORK,
        ),
        absent("nobody adopts them", "it has 0 DefaultNetworkAcl resources", NETWORK),
        unknown("whose it is cannot be said", "it has 0 DefaultNetworkAcl resources", TABLE, default_acl(), NETWORK),
    ],
    "vpc-dhcp-options-use-amazon-dns": [
        passes("the network's own", dhcp_options()),
        passes("a listed one", dhcp_options(domainNameServers=["10.9.0.2"]), options={"allowedServers": ["10.9.0.2"]}),
        fails("another one", "domainNameServers[0] is", dhcp_options(domainNameServers=["10.9.0.2"])),
        fails("another one beside", "[1] is", dhcp_options(domainNameServers=["AmazonProvidedDNS", "8.8.8.8"])),
        fails("the older kind", "netbiosNameServers[0] is", dhcp_options(netbiosNameServers=["10.9.0.2"])),
        absent("AWS takes its own", None, dhcp_options(domainNameServers=ABSENT)),
        unknown("it must be known", "domainNameServers[0] is not known", dhcp_options(domainNameServers=[UNKNOWN])),
        unknown("they must be known", "domainNameServers is not known", dhcp_options(domainNameServers=UNKNOWN)),
    ],
    "vpc-part-lies-in-own-network": [
        passes(
            "the default ACL of the network",
            vpc(id="vpc-1", defaultNetworkAclId="acl-1"),
            default_acl(defaultNetworkAclId="acl-1"),
            update=True,
        ),
        passes(
            "the main table of the network",
            vpc(id="vpc-1", defaultRouteTableId="rtb-1"),
            main_table(defaultRouteTableId="rtb-1"),
            update=True,
        ),
        passes("the main table, known by URN", vpc(), taken(main_table(), defaultRouteTableId=vpc())),
        fails(
            "another network's default ACL",
            "defaultNetworkAclId is a network that is neither",
            vpc(id="vpc-1", defaultNetworkAclId="acl-1"),
            default_acl(defaultNetworkAclId="acl-9"),
            update=True,
        ),
    ],
}
