"""Without private DNS the public name of the service resolves to public addresses, out of reach of the network.

Source: Amazon EC2 API Reference, CreateVpcEndpoint, PrivateDnsEnabled; the type is Gateway unless said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, Undecided, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


SIBLING = "aws:vpc/endpointPrivateDns:EndpointPrivateDns"


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding unless private DNS is on; gateways need none."""
    if endpoint.type != SIBLING:
        kind = endpoint.read("vpcEndpointType")
        if kind.unknown:
            yield Undecided(kind)
            return
        exempt = endpoint.read("serviceName").value in options.texts("exemptServices")
        if kind.value != "Interface" or exempt:
            return
    yield from must_be_on(endpoint, "privateDnsEnabled", absent="the provider takes false")


RULE = Rule(
    id="vpc-endpoint-private-dns-is-on",
    title="Interface endpoints answer under the public name of the service",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
    ),
    paths=(
        "privateDnsEnabled",
        "VpcEndpoint:vpcEndpointType",
        "VpcEndpoint:serviceName",
    ),
    severity=Severity.HIGH,
    remediation="Set privateDnsEnabled to true.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    options={
        "exemptServices": texts(),
    },
    seed=("S2",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
