"""With the account's switch off, every volume that somebody forgets to mention is readable from its snapshots.

Source: Amazon EC2 API Reference, EnableEbsEncryptionByDefault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(switch: Resource, _options: Options) -> Findings:
    """Yield a finding where the switch is turned off; the provider takes on."""
    found = switch.read("enabled")
    if found.unknown:
        yield Undecided(found)
    elif found.present and found.flag() is not True:
        yield Violation("enabled is off: new volumes of the account are plain unless they say otherwise")


RULE = Rule(
    id="ec2-ebs-default-encryption-is-on",
    title="New volumes are encrypted by default",
    kind=Kind.RESOURCE,
    types=("aws:ebs/encryptionByDefault:EncryptionByDefault",),
    paths=("enabled",),
    severity=Severity.MEDIUM,
    remediation="Set enabled to true.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html",
    frameworks=(
        "FSBP EC2.7",
        "CKV_AWS_106",
        "prowler ec2_ebs_default_encryption",
        "Config EC2_EBS_ENCRYPTION_BY_DEFAULT",
    ),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
