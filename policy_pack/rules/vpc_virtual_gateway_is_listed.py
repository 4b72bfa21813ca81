"""An attachment to another network is a way out as well; those that are meant are listed by logical name.

Source: Amazon EC2 API Reference, CreateVpnGateway, CreateVpcPeeringConnection, CreateTransitGatewayVpcAttachment,
CreateClientVpnEndpoint; Amazon VPC Lattice API Reference, CreateServiceNetworkVpcAssociation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_not_be_given
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
LATTICE = ("serviceNetworkArn", "resourceConfigurationArn")


def validate(attachment: Resource, options: Options) -> Findings:
    """Yield a finding for an attachment that is not listed; an ordinary endpoint is none."""
    if attachment.name in options.texts("allowed"):
        return
    if attachment.type != ENDPOINT:
        yield Violation(f"{attachment.type} joins the network to another one and is not listed")
        return
    for path in LATTICE:
        yield from must_not_be_given(attachment, path, why="the endpoint leads into a service network")


RULE = Rule(
    id="vpc-virtual-gateway-is-listed",
    title="Attachments to other networks are listed",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/vpnGateway:VpnGateway",
        "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
        "aws:ec2/vpnConnection:VpnConnection",
        "aws:ec2/vpnConcentrator:VpnConcentrator",
        "aws:directconnect/gatewayAssociation:GatewayAssociation",
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
        "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
        "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
        "aws:ec2transitgateway/connect:Connect",
        "aws:networkmanager/vpcAttachment:VpcAttachment",
        "aws:ec2clientvpn/endpoint:Endpoint",
        "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
        "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
        "aws:vpclattice/resourceGateway:ResourceGateway",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
    ),
    paths=(
        "VpcEndpoint:serviceNetworkArn",
        "VpcEndpoint:resourceConfigurationArn",
    ),
    severity=Severity.HIGH,
    remediation="Remove the attachment, or list its logical name in the option allowed with a reason.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    options={
        "allowed": texts(),
    },
    aliases=(
        "vpc-peering-is-listed",
        "vpc-transit-attachment-is-listed",
        "vpc-client-vpn-is-listed",
        "vpc-lattice-association-is-listed",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
