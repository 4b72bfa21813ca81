"""An image or a snapshot that is shared carries whatever the machine knew into another account.

Source: Amazon EC2 API Reference, ModifyImageAttribute and ModifySnapshotAttribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
SNAPSHOT = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission"
WIDER = ("group", "organizationArn", "organizationalUnitArn")


def validate(permission: Resource, options: Options) -> Findings:
    """Yield a finding unless the permission is for one listed account and nobody else."""
    account = permission.read("accountId")
    if account.unknown:
        yield Undecided(account)
    elif account.given and account.value not in options.texts("partnerAccounts"):
        yield Violation("accountId is an account that is not listed")
    wider = [path for path in WIDER if permission.read(path).given]
    for path in wider:
        yield Violation(f"{path} shares the image with more than one account")
    if not account.given and not wider:
        yield Violation("accountId is absent, so nobody can tell whom it is shared with")


RULE = Rule(
    id="ec2-image-is-not-shared",
    title="Images and snapshots are shared with nobody",
    kind=Kind.RESOURCE,
    types=(IMAGE, SNAPSHOT),
    paths=("accountId", *(f"AmiLaunchPermission:{path}" for path in WIDER)),
    severity=Severity.HIGH,
    remediation="Remove the permission, or list the account.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    frameworks=("FSBP EC2.1", "CKV_AWS_205", "prowler ec2_ami_public", "prowler ec2_ebs_public_snapshot"),
    options={"partnerAccounts": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
