"""What leads out of a network, by type: a rule refuses it, or no rule knows it and `pulumi-type-is-reviewed` does.

A type that a rule comes to know for another reason must be judged by a rule that refuses it as a way out: this table
then says which one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from catalogue import BY_ID

from tests.policy_pack.harness import UNKNOWN, by_function, component, fails
from tests.policy_pack.test_tokens import class_of

if TYPE_CHECKING:
    from rule import Rule

GATEWAY, ATTACHED = "vpc-has-no-internet-gateway", "vpc-virtual-gateway-is-listed"
ROUTE, OFFERED = "vpc-route-target-stays-inside", "vpc-endpoint-service-is-not-published"
STRANGE = "pulumi-type-is-reviewed"
WAYS: dict[str, str] = {
    "aws:ec2/internetGateway:InternetGateway": GATEWAY,
    "aws:ec2/natGateway:NatGateway": GATEWAY,
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": GATEWAY,
    "aws:ec2/carrierGateway:CarrierGateway": GATEWAY,
    "aws:ec2/eip:Eip": "ec2-has-no-elastic-ip",
    "aws:ec2/vpnGateway:VpnGateway": ATTACHED,
    "aws:ec2/vpnConnection:VpnConnection": ATTACHED,
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": ATTACHED,
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": ATTACHED,
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": ATTACHED,
    "aws:networkmanager/vpcAttachment:VpcAttachment": ATTACHED,
    "aws:directconnect/gatewayAssociation:GatewayAssociation": ATTACHED,
    "aws:ec2clientvpn/endpoint:Endpoint": ATTACHED,
    "aws:vpclattice/resourceGateway:ResourceGateway": ATTACHED,
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": ROUTE,
    "aws:ec2/vpcEndpointService:VpcEndpointService": OFFERED,
    "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": OFFERED,
    "aws:lb/loadBalancer:LoadBalancer": OFFERED,
    "aws:alb/loadBalancer:LoadBalancer": OFFERED,
    "aws:ec2/defaultVpc:DefaultVpc": "vpc-default-vpc-is-not-adopted",
    "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": "route53-resolver-has-no-outbound-path",
    "aws:cloudcontrol/resource:Resource": "cloudcontrol-type-is-listed",
    **dict.fromkeys(
        (
            "aws:apigateway/restApi:RestApi",
            "aws:apigatewayv2/api:Api",
            "aws:apprunner/service:Service",
            "aws:batch/computeEnvironment:ComputeEnvironment",
            "aws:cloudformation/stack:Stack",
            "aws:cloudfront/distribution:Distribution",
            "aws:codebuild/project:Project",
            "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface",
            "aws:ec2/customerGateway:CustomerGateway",
            "aws:ec2/keyPair:KeyPair",
            "aws:ec2/networkInterface:NetworkInterface",
            "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
            "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
            "aws:ec2/vpcEndpointConnectionNotification:VpcEndpointConnectionNotification",
            "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
            "aws:ec2transitgateway/transitGateway:TransitGateway",
            "aws:ecs/service:Service",
            "aws:eks/cluster:Cluster",
            "aws:elb/loadBalancer:LoadBalancer",
            "aws:globalaccelerator/accelerator:Accelerator",
            "aws:glue/connection:Connection",
            "aws:lambda/function:Function",
            "aws:lambda/functionUrl:FunctionUrl",
            "aws:lightsail/instance:Instance",
            "aws:networkfirewall/firewall:Firewall",
            "aws:ram/resourceShare:ResourceShare",
            "aws:rds/instance:Instance",
            "aws:redshift/cluster:Cluster",
            "aws:route53/record:Record",
            "aws:route53/zone:Zone",
            "aws:transfer/server:Server",
            "aws:verifiedaccess/endpoint:Endpoint",
            "aws:vpclattice/service:Service",
            "aws:autoscaling/group:Group",
        ),
        STRANGE,
    ),
}
REQUIRED = {"aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {"vpnGatewayId": UNKNOWN}}
"""What a type cannot do without, where the rule asks for it."""


def refuses(rule: Rule, token: str) -> bool:
    """Return whether a rule has something against a resource of a type that says no more than it must."""
    if not rule.judges(token):
        return False
    said, _ = by_function(rule, fails("", "", component(token, "way-out", **REQUIRED.get(token, {}))))
    return any("way-out" in about for about, _ in said)


@pytest.mark.usefixtures("stack_of_the_cases")
@pytest.mark.parametrize(("token", "rule"), WAYS.items(), ids=WAYS)
def test_a_way_out_is_refused(token: str, rule: str) -> None:
    assert getattr(class_of(token), "pulumi_type", None) == token
    assert BY_ID[rule].level.value == "mandatory"
    assert refuses(BY_ID[rule], token)


@pytest.mark.usefixtures("stack_of_the_cases")
def test_what_is_no_way_out_passes_both() -> None:
    for token in ("aws:ec2/vpc:Vpc", "aws:ec2/securityGroup:SecurityGroup"):
        assert not any(refuses(BY_ID[rule], token) for rule in (GATEWAY, ATTACHED, STRANGE))


@pytest.mark.usefixtures("stack_of_the_cases")
def test_a_type_that_only_advice_judges_is_not_reviewed() -> None:
    advised = BY_ID["ec2-bastion-has-no-key-pair"]
    assert "aws:ec2/keyPair:KeyPair" in advised.types
    assert advised.level.value == "advisory"
    assert refuses(BY_ID[STRANGE], "aws:ec2/keyPair:KeyPair")
