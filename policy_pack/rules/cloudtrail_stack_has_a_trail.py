"""Without a trail nobody can say afterwards who did what in the account.

Source: AWS CloudTrail User Guide, "Creating a trail for your AWS account".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Violation, flag

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

TRAIL = "aws:cloudtrail/trail:Trail"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for a stack without a trail, unless somebody says that the account has one."""
    if not (options["ownedElsewhere"] or stack_config.recorded_elsewhere("trail")) and not any(stack.of_type(TRAIL)):
        yield Violation("no trail of this stack records the calls of the account")


RULE = Rule(
    id="cloudtrail-stack-has-a-trail",
    title="Calls in the account are recorded",
    kind=Kind.STACK,
    types=(TRAIL,),
    paths=("s3BucketName",),
    severity=Severity.HIGH,
    remediation="Add a Trail, or say in the stack file or the options that another stack owns it.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html",
    frameworks=("FSBP CloudTrail.3", "Config CLOUD_TRAIL_ENABLED", "Config CLOUDTRAIL_SECURITY_TRAIL_ENABLED"),
    options={"ownedElsewhere": flag(default=False)},
    seed=("S3",),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
