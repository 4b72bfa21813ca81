"""What the network offers to others is a way in, and a way out for whoever answers there.

Endpoint services serve other accounts, Instance Connect endpoints open tunnels from outside, and a load balancer faces
the internet unless it is said to be internal.

Source: Amazon EC2 API Reference, CreateVpcEndpointServiceConfiguration and CreateInstanceConnectEndpoint; Elastic Load
Balancing API Reference, CreateLoadBalancer, Scheme (default: internet-facing).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")


def validate(offer: Resource, options: Options) -> Findings:
    """Yield a finding for what is offered to others and not listed; an internal load balancer is not."""
    if offer.name in options.texts("allowed"):
        return
    if offer.type in BALANCERS:
        yield from must_be_on(offer, "internal", absent="AWS then makes it face the internet")
    else:
        yield Violation(f"{offer.type} lets others in and is not listed")


RULE = Rule(
    id="vpc-endpoint-service-is-not-published",
    title="The network offers nothing to other accounts and to the internet",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/vpcEndpointService:VpcEndpointService",
        "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
        "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
        *BALANCERS,
    ),
    paths=("LoadBalancer:internal",),
    severity=Severity.HIGH,
    remediation="Remove it, make the load balancer internal, or list the logical name with its consumers.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointServiceConfiguration.html",
    frameworks=(
        "CKV_AWS_123",
        "prowler vpc_endpoint_services_allowed_principals_trust_boundaries",
        "prowler elbv2_internet_facing",
    ),
    options={"allowed": texts()},
    aliases=("ec2-instance-connect-endpoint-is-refused", "lb-load-balancer-is-internal"),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
