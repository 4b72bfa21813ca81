"""A variant with SSM access opens a shell on its host to whoever may start a session, past the tenant's own network.

IAM carries no key for it when an endpoint configuration is created, so declared ones are refused here. Source:
pulumi-aws, aws.sagemaker.EndpointConfiguration, enableSsmAccess (off by default).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PATHS = ("productionVariants[].enableSsmAccess", "shadowProductionVariants[].enableSsmAccess")


def validate(configuration: Resource, _options: Options) -> Findings:
    """Yield a finding for each variant whose host may be reached by a session."""
    for path in PATHS:
        for found in configuration.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.present and found.flag() is not False:
                yield Violation(f"{found.where} is on: sessions then reach the variant's host")


RULE = Rule(
    id="sagemaker-endpoint-variant-refuses-ssm",
    title="No variant's host takes sessions",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/endpointConfiguration:EndpointConfiguration",),
    paths=PATHS,
    severity=Severity.HIGH,
    remediation="Leave enableSsmAccess out, or set it to false.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html",
    validate=validate,
)
