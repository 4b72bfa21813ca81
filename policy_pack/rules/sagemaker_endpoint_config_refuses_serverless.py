"""A serverless variant runs in a network of the service and supports neither a VPC nor isolation.

Source: Amazon SageMaker AI Developer Guide, "Deploy models with Amazon SageMaker Serverless Inference", feature
exclusions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PATHS = ("productionVariants[].serverlessConfig", "shadowProductionVariants[].serverlessConfig")


def validate(configuration: Resource, _options: Options) -> Findings:
    """Yield a finding for each serverless variant, and for each that may turn out to be one."""
    for path in PATHS:
        for found in configuration.each(path):
            if found.given:
                yield Violation(f"{found.where} is given: the variant then runs outside the network")


RULE = Rule(
    id="sagemaker-endpoint-config-refuses-serverless",
    title="No variant is serverless",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/endpointConfiguration:EndpointConfiguration",),
    paths=PATHS,
    severity=Severity.CRITICAL,
    remediation="Replace serverlessConfig by an instance type.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html",
    mirrored_by=("IAM deny",),
    validate=validate,
)
