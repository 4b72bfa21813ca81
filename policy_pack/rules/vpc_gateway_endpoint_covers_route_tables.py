"""A gateway endpoint serves the subnets whose route table it hangs on: from any other, S3 cannot be reached.

Source: AWS PrivateLink Guide, "Gateway endpoints", routing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import Origins
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
TABLE = "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
SUBNET = "aws:ec2/subnet:Subnet"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each subnet without a route table of this stack, and each table without the S3 endpoint."""
    tables, subnets = Origins(stack, TABLE), Origins(stack, SUBNET)
    joined = {
        subnet.urn
        for one in stack.of_type(ASSOCIATION)
        if tables.of(one, "routeTableId").resources
        for subnet in subnets.of(one, "subnetId").resources
    }
    for subnet in stack.of_type(SUBNET):
        if subnet.urn not in joined:
            yield Violation("no association of this stack gives the subnet a route table", subnet.urn)
    covered = {
        table.urn
        for endpoint in stack.of_type(ENDPOINT)
        if str(endpoint.read("serviceName").value).endswith(".s3")
        for table in tables.of(endpoint, "routeTableIds[]").resources
    }
    for table in stack.of_type(TABLE):
        if table.urn not in covered:
            yield Violation("no S3 gateway endpoint of this stack hangs on the route table", table.urn)


RULE = Rule(
    id="vpc-gateway-endpoint-covers-route-tables",
    title="Every subnet has a route table of the stack, and every table the S3 gateway endpoint",
    kind=Kind.STACK,
    types=(ENDPOINT, TABLE, SUBNET, ASSOCIATION),
    paths=(
        "VpcEndpoint:routeTableIds[]",
        "VpcEndpoint:serviceName",
        "RouteTableAssociation:routeTableId",
        "RouteTableAssociation:subnetId",
    ),
    severity=Severity.MEDIUM,
    remediation="Associate each subnet, and add every private route table to routeTableIds of the gateway endpoint.",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    seed=("S2",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
