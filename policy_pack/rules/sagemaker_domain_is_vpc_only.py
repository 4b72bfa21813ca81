"""A Studio domain that is not VpcOnly sends its traffic to the internet through a network of the service.

Source: SageMaker API Reference, CreateDomain, AppNetworkAccessType (default PublicInternetOnly).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(domain: Resource, _options: Options) -> Findings:
    """Yield a finding unless all traffic goes through the VPC."""
    yield from must_equal(domain, "appNetworkAccessType", "VpcOnly", absent="AWS takes PublicInternetOnly")


RULE = Rule(
    id="sagemaker-domain-is-vpc-only",
    title="Studio domain sends its traffic only through the VPC",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/domain:Domain",),
    paths=("appNetworkAccessType",),
    severity=Severity.CRITICAL,
    remediation="Set appNetworkAccessType to VpcOnly.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
    frameworks=(
        "Config SAGEMAKER_DOMAIN_IN_VPC",
        "prowler request 12574",
    ),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
