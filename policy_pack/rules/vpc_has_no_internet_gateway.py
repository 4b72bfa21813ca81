"""A gateway to the internet is the front door of the network, whether it leads both ways or only out.

Source: Amazon EC2 API Reference, CreateInternetGateway, CreateNatGateway, CreateEgressOnlyInternetGateway,
CreateCarrierGateway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation, flag

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


NAT = "aws:ec2/natGateway:NatGateway"


def validate(gateway: Resource, options: Options) -> Findings:
    """Yield a finding for the gateway as such; a private NAT gateway may be allowed."""
    private = gateway.type == NAT and gateway.read("connectivityType").value == "private"
    if not (private and options["allowPrivate"]):
        yield Violation(f"{gateway.type} leads out of the network, and none may")


RULE = Rule(
    id="vpc-has-no-internet-gateway",
    title="The network has no gateway to the internet",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
        "aws:ec2/carrierGateway:CarrierGateway",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/natGatewayEipAssociation:NatGatewayEipAssociation",
        "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    ),
    paths=("NatGateway:connectivityType",),
    severity=Severity.CRITICAL,
    remediation="Remove the gateway; reach AWS services through endpoints.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html",
    frameworks=("Config INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY",),
    options={
        "allowPrivate": flag(default=False),
    },
    aliases=(
        "vpc-has-no-nat-gateway",
        "vpc-has-no-egress-only-gateway",
    ),
    seed=("S2",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
