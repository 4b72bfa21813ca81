"""An endpoint without a policy lets anybody reach everything behind it, other accounts' data too.

Source: Amazon EC2 API Reference, CreateVpcEndpoint, PolicyDocument (default: full access).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity, Violation, flag, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


SIBLING = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding for an endpoint without an inline policy, and for a policy beside it unless that is allowed."""
    beside = options["allowSiblingPolicy"]
    if endpoint.type == SIBLING:
        if not beside:
            yield Violation("the policy stands beside its endpoint, where it and an inline one overwrite each other")
        yield from must_be_given(endpoint, "policy", absent="the endpoint then has full access")
    elif not beside and not _takes_none(endpoint, options):
        yield from must_be_given(endpoint, "policy", absent="the endpoint then has full access")


def _takes_none(endpoint: Resource, options: Options) -> bool:
    return endpoint.read("serviceName").value in options.texts("servicesWithoutPolicy")


RULE = Rule(
    id="vpc-endpoint-has-policy",
    title="Each endpoint carries a policy of its own",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    ),
    paths=(
        "VpcEndpoint:policy",
        "VpcEndpointPolicy:policy",
        "VpcEndpoint:serviceName",
    ),
    severity=Severity.CRITICAL,
    remediation="Write the policy inline on the endpoint.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    frameworks=("prowler vpc_endpoint_connections_trust_boundaries",),
    options={
        "servicesWithoutPolicy": texts(),
        "allowSiblingPolicy": flag(default=False),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
