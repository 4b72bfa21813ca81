"""The account's own block on internet gateways holds when everything else has failed, unless it has a hole.

Source: Amazon EC2 API Reference, ModifyVpcBlockPublicAccessOptions and CreateVpcBlockPublicAccessExclusion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

BLOCK = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
EXCLUSION = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"


def validate(setting: Resource, options: Options) -> Findings:
    """Yield a finding unless both directions are blocked, and for each exclusion that is not listed."""
    if setting.type == BLOCK:
        yield from must_equal(setting, "internetGatewayBlockMode", "block-bidirectional", absent="AWS blocks nothing")
    elif setting.name not in options.texts("allowed"):
        yield Violation("it excludes a part of the account from the block and is not listed")


RULE = Rule(
    id="vpc-block-public-access-is-bidirectional",
    title="The account blocks internet gateways in both directions",
    kind=Kind.RESOURCE,
    types=(BLOCK, EXCLUSION),
    paths=("VpcBlockPublicAccessOptions:internetGatewayBlockMode",),
    severity=Severity.HIGH,
    remediation="Set internetGatewayBlockMode to block-bidirectional and remove exclusions.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcBlockPublicAccessOptions.html",
    frameworks=("FSBP EC2.172",),
    options={"allowed": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
