"""The default network of an account has a gateway to the internet and a route to it, whatever the program says of it.

Source: Amazon EC2 API Reference, CreateDefaultVpc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(network: Resource, _options: Options) -> Findings:
    """Yield a finding for the adoption as such."""
    yield Violation(f"{network.type} adopts the default network of the account, which has a way to the internet")


RULE = Rule(
    id="vpc-default-vpc-is-not-adopted",
    title="The default network of the account is not used",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/defaultVpc:DefaultVpc",
        "aws:ec2/defaultSubnet:DefaultSubnet",
    ),
    paths=(),
    severity=Severity.HIGH,
    remediation="Create the network of the platform.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html",
    frameworks=("CKV_AWS_148",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
