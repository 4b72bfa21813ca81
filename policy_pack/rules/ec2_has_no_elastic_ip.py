"""A public address has no use in a network without a way out, and gives one to whatever it is attached to.

Source: Amazon EC2 API Reference, AllocateAddress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(address: Resource, _options: Options) -> Findings:
    """Yield a finding for the address as such."""
    yield Violation(f"{address.type} gives the platform a public address")


RULE = Rule(
    id="ec2-has-no-elastic-ip",
    title="The platform owns no public address",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/eip:Eip",
        "aws:ec2/eipAssociation:EipAssociation",
    ),
    paths=(),
    severity=Severity.HIGH,
    remediation="Remove the address.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html",
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
