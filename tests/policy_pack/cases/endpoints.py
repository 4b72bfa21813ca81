"""Cases of the rules about endpoints and their groups."""

from __future__ import annotations

from tests.policy_pack.baselines import endpoint, group, ingress_rule, old_rule, vpc
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

STS = "com.amazonaws.ap-northeast-1.sts"
BESIDE = component("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "policy", vpcEndpointId=UNKNOWN, policy="{}")
PRIVATE = "aws:vpc/endpointPrivateDns:EndpointPrivateDns"
GROUP = group("endpoints")
ENDPOINT = taken(endpoint(), securityGroupIds=GROUP)
HTTPS = taken(ingress_rule(), securityGroupId=GROUP)
OLD = taken(old_rule(), securityGroupId=GROUP)
INLINE = group("endpoints", ingress=[{"protocol": "tcp", "fromPort": 443, "toPort": 443, "securityGroups": [UNKNOWN]}])
INLINE_RANGE = group(
    "endpoints", ingress=[{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16"]}]
)
COMPUTED = group("computed", ingress=UNKNOWN, egress=UNKNOWN)
TO_INLINE = taken(endpoint(), securityGroupIds=INLINE)


def on_group(**changes: object) -> tuple[PackResource, ...]:
    """The endpoint with a rule of its group that says something else."""
    return GROUP, ENDPOINT, taken(ingress_rule(**changes), securityGroupId=GROUP)


CASES: dict[str, list[Case]] = {
    "vpc-endpoint-has-policy": [
        fails(
            "beside and empty, where beside is allowed",
            "policy is absent or empty",
            component("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "policy", policy=""),
            options={"allowSiblingPolicy": True},
        ),
        passes("inline", endpoint(policy="{}")),
        passes("the service takes none", endpoint(policy=ABSENT), options={"servicesWithoutPolicy": [STS]}),
        passes("beside, where that is allowed", endpoint(policy=ABSENT), BESIDE, options={"allowSiblingPolicy": True}),
        fails("an empty one", "policy is absent or empty", endpoint(policy="")),
        fails("beside, where that is not allowed", "stands beside its endpoint", endpoint(), BESIDE),
        absent("full access", "policy is absent or empty: the endpoint then has full access", endpoint(policy=ABSENT)),
        absent("a gateway endpoint too", "full access", endpoint(policy=ABSENT, vpcEndpointType="Gateway")),
        unknown("what it says is judged by others", None, endpoint(policy=UNKNOWN)),
        unknown(
            "which service takes none",
            "full access",
            endpoint(policy=ABSENT, serviceName=UNKNOWN),
            options={"servicesWithoutPolicy": [STS]},
        ),
    ],
    "vpc-endpoint-private-dns-is-on": [
        passes("on", endpoint()),
        passes("a gateway needs none", endpoint(vpcEndpointType="Gateway", privateDnsEnabled=ABSENT)),
        passes("an exempt service", endpoint(privateDnsEnabled=False), options={"exemptServices": [STS]}),
        fails("off", "privateDnsEnabled has another value", endpoint(privateDnsEnabled=False)),
        fails("off, by a resource beside", "another value", component(PRIVATE, "dns", privateDnsEnabled=False)),
        absent("the provider takes false", "privateDnsEnabled is absent", endpoint(privateDnsEnabled=ABSENT)),
        absent("an absent type is Gateway", None, endpoint(vpcEndpointType=ABSENT, privateDnsEnabled=ABSENT)),
        unknown("it must be known", "privateDnsEnabled is not known", endpoint(privateDnsEnabled=UNKNOWN)),
        unknown("the type must be known", "vpcEndpointType is not known", endpoint(vpcEndpointType=UNKNOWN)),
    ],
    "vpc-endpoint-security-group-allows-only-https": [
        passes("TCP by its number", *on_group(ipProtocol="6")),
        unknown(
            "inline rules that AWS computes are none",
            None,
            COMPUTED,
            taken(ingress_rule(), securityGroupId=COMPUTED),
            taken(endpoint(), securityGroupIds=COMPUTED),
        ),
        unknown("the type must be known", "vpcEndpointType is not known", endpoint(vpcEndpointType=UNKNOWN)),
        unknown(
            "taken from something that is no group",
            "securityGroupIds is not known",
            vpc(),
            taken(endpoint(securityGroupIds=UNKNOWN), securityGroupIds=vpc()),
        ),
        passes("a rule of the newer type", GROUP, ENDPOINT, HTTPS),
        passes("a rule of the older type", GROUP, ENDPOINT, OLD),
        passes("an inline rule", INLINE, TO_INLINE),
        passes("a gateway endpoint has no groups", endpoint(vpcEndpointType="Gateway", securityGroupIds=ABSENT)),
        passes("an adopted group", endpoint(securityGroupIds=["sg-9"]), options={"adoptedSecurityGroupIds": ["sg-9"]}),
        fails("another port", "an inbound rule admits more than TCP 443", *on_group(fromPort=22, toPort=22)),
        fails("a range of ports", "admits more than TCP 443", *on_group(fromPort=0)),
        fails("every protocol", "admits more than TCP 443", *on_group(ipProtocol="-1", fromPort=ABSENT, toPort=ABSENT)),
        fails("UDP", "admits more than TCP 443", *on_group(ipProtocol="udp")),
        fails(
            "the older type, another port",
            "admits more than TCP 443",
            GROUP,
            ENDPOINT,
            taken(old_rule(toPort=8443), securityGroupId=GROUP),
        ),
        fails(
            "a foreign group beside its own",
            "neither of this stack nor adopted",
            GROUP,
            HTTPS,
            taken(endpoint(securityGroupIds=[UNKNOWN, "sg-9"]), securityGroupIds=GROUP),
        ),
        fails("a foreign group", "neither of this stack nor adopted", endpoint(securityGroupIds=["sg-9"])),
        fails("a range", "cidrIpv4 admits addresses", *on_group(cidrIpv4="10.0.0.0/16")),
        fails("a prefix list", "prefixListId admits addresses", *on_group(prefixListId=UNKNOWN)),
        fails(
            "a range, inline",
            "ingress[].cidrBlocks[] admits addresses",
            taken(endpoint(), securityGroupIds=INLINE_RANGE),
            INLINE_RANGE,
        ),
        fails("nobody is admitted", "no inbound rule admits anybody", ENDPOINT, GROUP),
        fails(
            "an outbound rule admits nobody",
            "no inbound rule",
            ENDPOINT,
            taken(old_rule(type="egress"), securityGroupId=GROUP),
            GROUP,
        ),
        absent("AWS attaches the default group", "securityGroupIds is absent", endpoint(securityGroupIds=ABSENT)),
        unknown(
            "computed by AWS, left out by the program", "securityGroupIds is absent", endpoint(securityGroupIds=UNKNOWN)
        ),
        unknown(
            "groups of this stack, known by URN",
            None,
            GROUP,
            HTTPS,
            taken(endpoint(securityGroupIds=UNKNOWN), securityGroupIds=GROUP),
        ),
        unknown("a port must be known", "fromPort is not known", *on_group(fromPort=UNKNOWN)),
        unknown(
            "whose rule it is cannot be said",
            "securityGroupId is not known",
            GROUP,
            ENDPOINT,
            HTTPS,
            ingress_rule("stray"),
        ),
    ],
}
