"""Who can change a file of the trail unseen can erase what he did.

Source: AWS CloudTrail User Guide, "Validating CloudTrail log file integrity".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(trail: Resource, _options: Options) -> Findings:
    """Yield a finding unless the trail signs its files."""
    yield from must_be_on(trail, "enableLogFileValidation", absent="AWS then signs no files")


RULE = Rule(
    id="cloudtrail-trail-validates-files",
    title="The trail signs its files",
    kind=Kind.RESOURCE,
    types=("aws:cloudtrail/trail:Trail",),
    paths=("enableLogFileValidation",),
    severity=Severity.MEDIUM,
    remediation="Set enableLogFileValidation to true.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
    frameworks=(
        "FSBP CloudTrail.4",
        "CKV_AWS_36",
        "prowler cloudtrail_log_file_validation_enabled",
        "Config CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    ),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
