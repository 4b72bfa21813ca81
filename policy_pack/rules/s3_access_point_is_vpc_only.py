"""An access point without a network answers from the internet, beside the bucket and its endpoint.

Source: Amazon S3 User Guide, "Creating access points restricted to a virtual private cloud".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given, must_be_on
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

BLOCK = "publicAccessBlockConfiguration"
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def validate(point: Resource, _options: Options) -> Findings:
    """Yield a finding for an access point without a network, and for each flag of its block that is off."""
    yield from must_be_given(point, "vpcConfiguration.vpcId", absent="it answers from the internet")
    if point.read(BLOCK).given:
        for flag in FLAGS:
            yield from must_be_on(point, f"{BLOCK}.{flag}", absent="the block is written without it")


RULE = Rule(
    id="s3-access-point-is-vpc-only",
    title="Access points answer only in the network",
    kind=Kind.RESOURCE,
    types=("aws:s3/accessPoint:AccessPoint",),
    paths=("vpcConfiguration.vpcId", *(f"{BLOCK}.{flag}" for flag in FLAGS)),
    severity=Severity.HIGH,
    remediation="Set vpcConfiguration when the access point is created.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html",
    frameworks=(
        "FSBP S3.19",
        "CKV_AWS_392",
        "prowler s3_access_point_public_access_block",
        "Config S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS",
    ),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
