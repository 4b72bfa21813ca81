"""What each key of the endpoints means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide
from .network_guides import ZONE

if TYPE_CHECKING:
    from .problems import Place

ENDPOINTS = Guide(
    allowed="a mapping of zones, service-zones and s3-interface, {} for the defaults",
    why="which endpoints there are follows from the features; this says where they stand",
    example={"zones": "one"},
)
ENDPOINT_ZONES = Guide(
    allowed="all or one",
    why="an interface endpoint costs by the hour in each zone; in one zone, the first of network.zones, it serves the "
    "others too, until that zone fails; without the key it is all",
    example="all",
    choices=("all", "one"),
)
SERVICE_ZONES = Guide(
    allowed="a mapping of services, by the keys of their endpoints, to zones of network.zones",
    why="not every service is in every zone: `aws ec2 describe-vpc-endpoint-services` prints the zones of each; a "
    "service that is left out stands in all of them",
    example={"notebook": ["apne1-az1"]},
)
SERVICE_ZONE = Guide(
    allowed="a list of zones of network.zones, at least one, none twice",
    why="an endpoint stands in the subnets of its zones",
    example=["apne1-az1"],
)
S3_INTERFACE = Guide(
    allowed="true or false",
    why="clients that come over Direct Connect, VPN or peering cannot use a gateway endpoint; it answers to the "
    "inbound resolver endpoint only, so it needs one, and costs by the hour; without the key it is false",
    example=False,
)
GUIDES: dict[Place, Guide] = {
    ("endpoints",): ENDPOINTS,
    ("endpoints", "zones"): ENDPOINT_ZONES,
    ("endpoints", "service-zones"): SERVICE_ZONES,
    ("endpoints", "service-zones", "*"): SERVICE_ZONE,
    ("endpoints", "service-zones", "*", "*"): ZONE,
    ("endpoints", "s3-interface"): S3_INTERFACE,
}
