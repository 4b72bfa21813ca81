"""An endpoint to a service of somebody else's account is a way out that no gateway and no route shows.

Denied patterns go before allowed ones; ``{region}`` stands for each Region of the stack. A service that AWS keeps in
one Region, as it does IAM, is reached there and nowhere else.

Source: AWS PrivateLink Guide, "Access virtual appliances and services through AWS PrivateLink"; Amazon EC2 API
Reference, CreateVpcEndpoint, ServiceName.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding for a service that is denied, or that no allowed pattern names; absence is another rule's."""
    found = endpoint.read("serviceName")
    if found.unknown:
        yield Undecided(found)
    elif found.given and (
        _fits(str(found.value), options.texts("deniedServicePatterns"))
        or not _fits(str(found.value), options.texts("allowedServicePatterns"))
    ):
        yield Violation("serviceName names a service that is not listed")
    region = endpoint.read("serviceRegion")
    if region.unknown:
        yield Undecided(region)
    elif region.given and region.value not in (*stack_config.regions(), *_homes(found.value, options)):
        yield Violation("serviceRegion leads into a Region that is not the stack's")


def _homes(service: object, options: Options) -> tuple[str, ...]:
    """Return the Regions in which a service may be reached although they are not the stack's."""
    pairs = (one.partition("=") for one in options.texts("servicesOfOneRegion"))
    return tuple(region for name, _, region in pairs if name == service)


def _fits(service: str, patterns: tuple[str, ...]) -> bool:
    filled = [one.replace("{region}", region) for one in patterns for region in stack_config.regions() or ("*",)]
    return any(fnmatchcase(service, pattern) for pattern in filled)


RULE = Rule(
    id="vpc-endpoint-service-is-listed",
    title="Endpoints lead only to listed services",
    kind=Kind.RESOURCE,
    types=("aws:ec2/vpcEndpoint:VpcEndpoint",),
    paths=("serviceName", "serviceRegion"),
    severity=Severity.CRITICAL,
    remediation="Remove the endpoint, or list the service; a service of a foreign account is a way out.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    frameworks=("prowler vpc_endpoint_connections_trust_boundaries",),
    options={
        "allowedServicePatterns": texts("com.amazonaws.{region}.*", "aws.sagemaker.{region}.*", "com.amazonaws.iam"),
        "deniedServicePatterns": texts("com.amazonaws.vpce.*"),
        "servicesOfOneRegion": texts("com.amazonaws.iam=us-east-1", description="service=Region, each"),
    },
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
