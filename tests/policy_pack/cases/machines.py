"""Cases of the rules about machines and addresses."""

from __future__ import annotations

from tests.policy_pack.baselines import subnet
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown
from tests.policy_pack.machine_baselines import instance, launch_template

TEMPLATE = "networkInterfaces[0].associatePublicIpAddress"
ADDRESS = component("aws:ec2/eip:Eip", "address", domain="vpc")
DEFAULT = component("aws:ec2/defaultSubnet:DefaultSubnet", "default", mapPublicIpOnLaunch=False)

CASES: dict[str, list[Case]] = {
    "vpc-subnet-assigns-no-public-ip": [
        passes("nothing is on", subnet()),
        passes("a default subnet that turns it off", DEFAULT),
        fails("public addresses", "mapPublicIpOnLaunch is on", subnet(mapPublicIpOnLaunch=True)),
        fails("IPv6 addresses", "assignIpv6AddressOnCreation is on", subnet(assignIpv6AddressOnCreation=True)),
        fails("customer-owned addresses", "mapCustomerOwnedIpOnLaunch is on", subnet(mapCustomerOwnedIpOnLaunch=True)),
        absent("off for a subnet of our own", None, subnet(mapPublicIpOnLaunch=ABSENT)),
        absent(
            "on for a default subnet",
            "a default subnet has it on",
            component("aws:ec2/defaultSubnet:DefaultSubnet", "default"),
        ),
        unknown("it must be known", "mapPublicIpOnLaunch is not known", subnet(mapPublicIpOnLaunch=UNKNOWN)),
    ],
    "ec2-instance-has-no-public-ip": [
        passes("a machine without", instance()),
        passes("a template without, in text", launch_template()),
        fails("a machine with one", "associatePublicIpAddress asks", instance(associatePublicIpAddress=True)),
        fails(
            "a template with one, in text",
            f"{TEMPLATE} asks",
            launch_template(networkInterfaces=[{"associatePublicIpAddress": "true"}]),
        ),
        absent("the subnet decides", None, instance(associatePublicIpAddress=ABSENT)),
        absent("the subnet decides for a template", None, launch_template(networkInterfaces=ABSENT)),
        unknown(
            "it must be known", "associatePublicIpAddress is not known", instance(associatePublicIpAddress=UNKNOWN)
        ),
        unknown(
            "interfaces must be known", "networkInterfaces is not known", launch_template(networkInterfaces=UNKNOWN)
        ),
    ],
    "ec2-has-no-elastic-ip": [
        passes("no address", instance()),
        fails("an address", "aws:ec2/eip:Eip gives", ADDRESS),
        fails("an association", "eipAssociation", component("aws:ec2/eipAssociation:EipAssociation", "association")),
        absent("whatever it says", "aws:ec2/eip:Eip gives", component("aws:ec2/eip:Eip", "address")),
        unknown("whatever it says", "aws:ec2/eip:Eip gives", component("aws:ec2/eip:Eip", "address", instance=UNKNOWN)),
    ],
}
