"""An interface endpoint in one zone takes its service away from all when the zone is away; it costs half as much.

Source: AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint", subnets and Availability Zones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading import State, as_list
from rule import Kind, Level, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding for an interface endpoint with fewer subnets than needed; how many is known, which ones not."""
    kind, found = endpoint.read("vpcEndpointType"), endpoint.read("subnetIds")
    unread = [one for one in (kind, found) if one.state is State.UNKNOWN]
    if unread:
        yield from (Undecided(one) for one in unread)
        return
    if kind.value != "Interface":
        return
    count, least = len(as_list(found.value)), options["minZones"]
    if count < least:
        yield Violation(f"subnetIds names {count} subnets, and needs {least} or more")


RULE = Rule(
    id="vpc-endpoint-lies-in-two-zones",
    title="Interface endpoints lie in two zones",
    kind=Kind.RESOURCE,
    types=("aws:ec2/vpcEndpoint:VpcEndpoint",),
    paths=("subnetIds", "vpcEndpointType"),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Give the endpoint a subnet in each zone, or lower minZones where cost counts more.",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    frameworks=("prowler vpc_endpoint_multi_az_enabled",),
    options={"minZones": integer(2, minimum=1)},
    mirrored_by=("runtime audit",),
    validate=validate,
)
