"""Whatever its destination, a route to a gateway, an attachment or a network interface leads out of the network.

The route `local` is the network's own; a gateway endpoint writes its routes itself.

Source: Amazon EC2 API Reference, CreateRoute; Amazon VPC User Guide, "Route table concepts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

INLINE_TARGETS = (
    "gatewayId",
    "natGatewayId",
    "egressOnlyGatewayId",
    "carrierGatewayId",
    "localGatewayId",
    "networkInterfaceId",
    "transitGatewayId",
    "vpcPeeringConnectionId",
    "vpcEndpointId",
    "coreNetworkArn",
    "odbNetworkArn",
)
DEFAULT_TARGETS = tuple(
    one for one in INLINE_TARGETS if one not in ("carrierGatewayId", "localGatewayId", "odbNetworkArn")
)
VGWS = "propagatingVgws[]"
TARGETS: dict[str, tuple[str, ...]] = {
    "aws:ec2/route:Route": INLINE_TARGETS,
    "aws:ec2/routeTable:RouteTable": (*(f"routes[].{one}" for one in INLINE_TARGETS), VGWS),
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": ("vpnGatewayId",),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": (*(f"routes[].{one}" for one in DEFAULT_TARGETS), VGWS),
}


def validate(route: Resource, options: Options) -> Findings:
    """Yield a finding for each target that is not listed; one that is not known yet is none of the listed."""
    for path in TARGETS[route.type]:
        for found in route.each(path):
            if found.given and found.value not in ("local", *options.texts("allowed")):
                yield Violation(f"{found.where} leads out of the network and is not listed")


RULE = Rule(
    id="vpc-route-target-stays-inside",
    title="Routes lead only to listed attachments, and no gateway writes routes by itself",
    kind=Kind.RESOURCE,
    types=tuple(TARGETS),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in TARGETS.items() for path in paths),
    severity=Severity.CRITICAL,
    remediation="Remove the route, or list the id of the attachment that it leads to.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
    frameworks=("prowler vpc_peering_routing_tables_with_least_privilege", "CKV2_AWS_44"),
    options={"allowed": texts()},
    aliases=("vpc-route-table-propagates-nothing",),
    seed=("S2",),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
