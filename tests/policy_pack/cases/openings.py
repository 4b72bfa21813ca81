"""Cases of the rules about what groups admit, where routes and endpoints lead."""

from __future__ import annotations

from tests.policy_pack.baselines import (
    default_group,
    endpoint,
    group,
    ingress_rule,
    notebook,
    old_rule,
    prefix_list,
    route,
    route_table,
    subnet,
    vpc,
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

ALICES = group("alice-group", tags={"user": "alice"})
BOBS = group("bob-group", tags={"user": "bob"})
WORKLOAD = group()
CARRYING = taken(notebook(securityGroups=[UNKNOWN]), securityGroups=WORKLOAD)
NAMING = component(
    "closed-sagemaker:tenant:TenantPolicies",
    "tenants",
    plannedReferences={"security-group/workload": "aws:ec2/securityGroup:SecurityGroup|workload"},
)
S3 = endpoint("endpoint-s3", vpcEndpointType="Gateway", serviceName="com.amazonaws.ap-northeast-1.s3")
TABLE, SUBNET = route_table(), subnet()
ASSOCIATION = taken(
    component("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", routeTableId=UNKNOWN, subnetId=UNKNOWN),
    routeTableId=TABLE,
    subnetId=SUBNET,
)
HANGING = taken(endpoint("s3", serviceName=S3.properties["serviceName"], routeTableIds=[UNKNOWN]), routeTableIds=TABLE)
SERVICES = ("s3", "sts", "sagemaker.api", "sagemaker.runtime", "logs")
ALL_SERVICES = [
    *(endpoint(name, serviceName=f"com.amazonaws.ap-northeast-1.{name}") for name in SERVICES),
    endpoint("notebook", serviceName="aws.sagemaker.ap-northeast-1.notebook"),
]
BESIDE_IPV6 = "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation"
CIDRS = {"insideCidrs": ["10.9.0.0/16"]}


def admitting(to: PackResource, source: PackResource, **changes: object) -> tuple[PackResource, ...]:
    """Return two groups and a rule of the newer type by which one admits the other."""
    rule = taken(ingress_rule(**changes), securityGroupId=to, referencedSecurityGroupId=source)
    return (to, rule) if to is source else (source, to, rule)


def of_older_type(to: PackResource, source: PackResource, **changes: object) -> tuple[PackResource, ...]:
    """Return two groups and a rule of the older type by which one admits the other."""
    return source, to, taken(old_rule(**changes), securityGroupId=to, sourceSecurityGroupId=source)


def over_list(**changes: object) -> PackResource:
    """Return a rule that names a prefix list."""
    return ingress_rule(referencedSecurityGroupId=ABSENT, **changes)


CASES: dict[str, list[Case]] = {
    "tenant-security-group-admits-only-itself": [
        passes("itself", *admitting(ALICES, ALICES)),
        passes("itself, inline", group("alice-group", tags={"user": "alice"}, ingress=[{"self": True}])),
        passes("it reaches others", *of_older_type(ALICES, BOBS, type="egress")),
        passes("a group that no host carries", *admitting(group("endpoints"), WORKLOAD)),
        passes("a shared group admits nobody", WORKLOAD, CARRYING),
        fails("another tenant's", "admits another group than alice-group itself", *admitting(ALICES, BOBS)),
        fails("a shared one", "admits another group", *admitting(ALICES, WORKLOAD)),
        fails("by a rule of the older type", "sourceSecurityGroupId admits another", *of_older_type(ALICES, BOBS)),
        fails(
            "a foreign group",
            "admits another group",
            ALICES,
            taken(ingress_rule(referencedSecurityGroupId="sg-9"), securityGroupId=ALICES),
        ),
        fails("a range", "cidrIpv4 admits others", *admitting(ALICES, ALICES, cidrIpv4="10.0.0.0/16")),
        fails("a prefix list", "prefixListId admits others", *admitting(ALICES, ALICES, prefixListId=UNKNOWN)),
        fails(
            "a range, inline",
            "ingress[0].cidrBlocks[0] admits others",
            group("alice-group", tags={"user": "alice"}, ingress=[{"cidrBlocks": ["10.0.0.0/16"]}]),
        ),
        fails(
            "a shared group admits itself", "which hosts of all tenants carry", CARRYING, *admitting(WORKLOAD, WORKLOAD)
        ),
        fails("it admits a tenant", "which hosts of all", CARRYING, *admitting(WORKLOAD, ALICES)),
        fails("shared by its name in documents", "which hosts of all", NAMING, *admitting(WORKLOAD, WORKLOAD)),
        fails("a shared group admits inline", "which hosts of all", CARRYING, group(ingress=[{"self": True}])),
        absent("no rule", None, ALICES),
        unknown("a source that nobody can tell", "is not known", ALICES, taken(ingress_rule(), securityGroupId=ALICES)),
        unknown(
            "rules inside must be known",
            "ingress is not known",
            group("alice-group", tags={"user": "alice"}, ingress=UNKNOWN),
        ),
        unknown("whose rule it is cannot be said", "securityGroupId is not known", ALICES, ingress_rule()),
    ],
    "vpc-security-group-cidr-is-inside": [
        passes("the network of the stack file", ingress_rule(cidrIpv4="10.0.3.0/24")),
        passes("the ranges of the options", ingress_rule(cidrIpv4="10.9.3.0/24"), options=CIDRS),
        fails("a private range of others", "cidrIpv4 lies outside 10.0.0.0/16", ingress_rule(cidrIpv4="172.16.0.0/16")),
        fails("a wider range", "lies outside", ingress_rule(cidrIpv4="10.0.0.0/8")),
        fails("a public range", "lies outside", old_rule(cidrBlocks=["10.0.0.0/24", "203.0.113.0/24"])),
        fails("inline, outwards", "egress[0].cidrBlocks[0]", group(egress=[{"cidrBlocks": ["203.0.113.0/24"]}])),
        fails("the default group", "ingress[0]", default_group(ingress=[{"cidrBlocks": ["203.0.113.0/24"]}])),
        fails("IPv6", "cidrIpv6 lies outside", ingress_rule(cidrIpv6="2001:db8::/64")),
        fails("no range at all", "lies outside", ingress_rule(cidrIpv4="everywhere")),
        absent("a rule without a range", None, ingress_rule()),
        unknown("a range that is an output", None, ingress_rule(cidrIpv4=UNKNOWN), deferred=("cidrIpv4",)),
        unknown("at the update it must be known", "is still not known", ingress_rule(cidrIpv4=UNKNOWN), update=True),
    ],
    "vpc-security-group-prefix-list-is-listed": [
        passes("the list of the S3 endpoint", S3, taken(over_list(prefixListId=UNKNOWN), prefixListId=S3)),
        passes("a list of the stack", prefix_list(id="pl-1"), over_list(prefixListId="pl-1")),
        passes("a listed one", over_list(prefixListId="pl-9"), options={"allowed": ["pl-9"]}),
        fails("a foreign list", "prefixListId is no list of this stack", over_list(prefixListId="pl-9")),
        fails("inline", "egress[0].prefixListIds[0] is no", group(egress=[{"prefixListIds": ["pl-9"]}])),
        fails("by the older type", "prefixListIds[0] is no", old_rule(prefixListIds=["pl-9"])),
        absent("no list", None, ingress_rule()),
        unknown("a list that nobody can tell", "prefixListId is not known", over_list(prefixListId=UNKNOWN)),
    ],
    "vpc-route-target-stays-inside": [
        passes("the network itself", route(gatewayId="local")),
        passes("no target", route_table(routes=[])),
        passes("a listed one", route(transitGatewayId="tgw-1"), options={"allowed": ["tgw-1"]}),
        fails("a gateway, however narrow", "gatewayId leads out", route(gatewayId="igw-1")),
        fails("a network interface", "networkInterfaceId leads out", route(networkInterfaceId="eni-1")),
        fails(
            "inside a table",
            "routes[0].vpcPeeringConnectionId",
            route_table(routes=[{"vpcPeeringConnectionId": "pcx-1"}]),
        ),
        fails("by propagation", "propagatingVgws[0] leads out", route_table(propagatingVgws=["vgw-1"])),
        absent("no routes", None, route_table()),
        unknown("one that is an output is none of the listed", "leads out", route(transitGatewayId=UNKNOWN)),
    ],
    "vpc-part-lies-in-own-network": [
        passes("taken from the stack", vpc(), taken(subnet(), vpcId=vpc())),
        passes("known by its id", vpc(id="vpc-1"), group(vpcId="vpc-1")),
        passes("an adopted one", subnet(vpcId="vpc-9"), options={"adoptedVpcIds": ["vpc-9"]}),
        fails("a foreign one", "vpcId is a network that is neither", vpc(), subnet(vpcId="vpc-9")),
        fails("an endpoint's", "vpcId is a network", vpc(), endpoint(vpcId="vpc-9")),
        absent("a group lies in the default network", "vpcId is absent", vpc(), group(vpcId=ABSENT)),
        absent("an endpoint that names none has none", None, vpc(), endpoint(vpcId=ABSENT)),
        unknown("a network that nobody can tell", "vpcId is not known", vpc(), subnet()),
    ],
    "vpc-has-no-ipv6": [
        passes("IPv4 alone", vpc(assignGeneratedIpv6CidrBlock=False)),
        passes("allowed by the options", vpc(assignGeneratedIpv6CidrBlock=True), options={"allowIpv6": True}),
        fails("a range of Amazon's", "assignGeneratedIpv6CidrBlock is on", vpc(assignGeneratedIpv6CidrBlock=True)),
        fails("a range of a pool", "ipv6IpamPoolId is given", vpc(ipv6IpamPoolId="pool")),
        fails("a subnet's", "ipv6CidrBlock is given", subnet(ipv6CidrBlock="2001:db8::/64")),
        fails("a subnet of IPv6 alone", "ipv6Native is on", subnet(ipv6Native=True)),
        fails("beside", "vpcId is given", component(BESIDE_IPV6, "six", vpcId=UNKNOWN)),
        absent("no range", None, vpc()),
        unknown("a range that is an output", "ipv6CidrBlock is given", subnet(ipv6CidrBlock=UNKNOWN)),
    ],
    "vpc-gateway-endpoint-covers-route-tables": [
        passes("associated and covered", SUBNET, TABLE, ASSOCIATION, HANGING),
        fails("a table without the endpoint", "no S3 gateway endpoint", SUBNET, ASSOCIATION, S3, TABLE),
        fails("a second table", "no S3 gateway endpoint", SUBNET, ASSOCIATION, TABLE, HANGING, route_table("other")),
        fails("a subnet without a table", "gives the subnet a route table", TABLE, HANGING, SUBNET),
        absent("no endpoint at all", "no S3 gateway endpoint", TABLE),
        unknown("ids of the stack, known by URN", None, SUBNET, TABLE, ASSOCIATION, HANGING),
    ],
    "vpc-endpoint-set-is-complete": [
        passes("what the features need", *ALL_SERVICES, vpc()),
        passes("no network", *ALL_SERVICES[:1]),
        *(
            fails(f"without {one.name}", f"leads to {one.properties['serviceName']}", *rest, vpc())
            for one in ALL_SERVICES
            for rest in ([other for other in ALL_SERVICES if other is not one],)
        ),
        fails("one more, by the options", "leads to x", *ALL_SERVICES, vpc(), options={"requiredServices": ["x"]}),
        absent("no endpoint", "leads to com.amazonaws.ap-northeast-1.s3", vpc()),
        unknown("services must be known", "serviceName is not known", vpc(), endpoint(serviceName=UNKNOWN)),
    ],
    "vpc-endpoint-service-is-listed": [
        passes("a service of AWS", endpoint()),
        passes("Jupyter's", endpoint(serviceName="aws.sagemaker.ap-northeast-1.notebook")),
        passes("IAM, where it is", endpoint(serviceName="com.amazonaws.iam", serviceRegion="us-east-1")),
        fails("IAM elsewhere", "leads into", endpoint(serviceName="com.amazonaws.iam", serviceRegion="eu-west-1")),
        fails("a name that begins like IAM's", "not listed", endpoint(serviceName="com.amazonaws.iam2")),
        passes("the stack's own Region", endpoint(serviceRegion="ap-northeast-1")),
        passes(
            "a listed one",
            endpoint(serviceName="com.amazonaws.vpce.x"),
            options={"allowedServicePatterns": ["com.amazonaws.vpce.x"], "deniedServicePatterns": []},
        ),
        fails(
            "a service of somebody's account",
            "serviceName names a service that is not listed",
            endpoint(serviceName="com.amazonaws.vpce.ap-northeast-1.vpce-svc-0123456789abcdef0"),
        ),
        fails("another Region", "not listed", endpoint(serviceName="com.amazonaws.us-east-1.sts")),
        fails("another Region beside the name", "serviceRegion leads into", endpoint(serviceRegion="us-east-1")),
        fails("an empty list permits nothing", "not listed", endpoint(), options={"allowedServicePatterns": []}),
        absent("none is another rule's question", None, endpoint(serviceName=ABSENT)),
        unknown("it must be known", "serviceName is not known", endpoint(serviceName=UNKNOWN)),
        unknown("the Region must be known", "serviceRegion is not known", endpoint(serviceRegion=UNKNOWN)),
    ],
}
