"""A block of the whole account with a flag too few opens every bucket that relies on it.

Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage" (default: each flag is false).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def validate(block: Resource, _options: Options) -> Findings:
    """Yield a finding for each flag that is not on."""
    for flag in FLAGS:
        yield from must_be_on(block, flag, absent="S3 takes it for false")


RULE = Rule(
    id="s3-account-public-access-is-blocked",
    title="The account block of S3 has all four flags",
    kind=Kind.RESOURCE,
    types=("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",),
    paths=FLAGS,
    severity=Severity.HIGH,
    remediation="Set all four flags to true.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    frameworks=(
        "FSBP S3.1",
        "prowler s3_account_level_public_access_blocks",
        "Config S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS",
    ),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
