"""A route for the whole address space sends everything to its target, whatever that is called.

Halves of the space say the same as the whole, so the length of the prefix decides.

Source: Amazon EC2 API Reference, CreateRoute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from networks import is_world
from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


DESTINATIONS = {
    "aws:ec2/route:Route": ("destinationCidrBlock", "destinationIpv6CidrBlock"),
    "aws:ec2/routeTable:RouteTable": ("routes[].cidrBlock", "routes[].ipv6CidrBlock"),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": ("routes[].cidrBlock", "routes[].ipv6CidrBlock"),
}


def validate(route: Resource, options: Options) -> Findings:
    """Yield a finding for each destination that is too wide or not known."""
    for path in DESTINATIONS[route.type]:
        for found in route.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.given and is_world(found.value, options["shortestIpv4Prefix"], options["shortestIpv6Prefix"]):
                yield Violation(f"{found.where} covers so much that it stands for everywhere")


RULE = Rule(
    id="vpc-route-has-no-default-destination",
    title="No route covers the whole address space",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
    ),
    paths=(
        "Route:destinationCidrBlock",
        "Route:destinationIpv6CidrBlock",
        "RouteTable:routes[].cidrBlock",
        "RouteTable:routes[].ipv6CidrBlock",
        "DefaultRouteTable:routes[].cidrBlock",
        "DefaultRouteTable:routes[].ipv6CidrBlock",
    ),
    severity=Severity.CRITICAL,
    remediation="Remove the route; endpoints need none.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
    frameworks=("Config NO_UNRESTRICTED_ROUTE_TO_IGW",),
    options={
        "shortestIpv4Prefix": integer(8, minimum=0),
        "shortestIpv6Prefix": integer(48, minimum=0),
    },
    seed=("S2",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
