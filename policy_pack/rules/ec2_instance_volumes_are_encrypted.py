"""A volume that is not encrypted is readable from every snapshot and every copy of it.

The account's switch for new volumes cannot be seen here, so encryption must be said, for the root volume too: a
machine or template that does not mention it gets it from the image. A machine that is started from a launch template
may leave its volumes to it.

Source: Amazon EC2 API Reference, EbsBlockDevice, Encrypted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from machines import INSTANCE, TEMPLATE, leaves_to_template
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from reading import Reading
    from resources import Resource
    from rule import Findings, Options

VOLUME = "aws:ebs/volume:Volume"
PLACES: dict[str, tuple[str, ...]] = {
    INSTANCE: ("rootBlockDevice.encrypted", "ebsBlockDevices[].encrypted"),
    TEMPLATE: ("blockDeviceMappings[].ebs.encrypted",),
    VOLUME: ("encrypted",),
}


def validate(machine: Resource, _options: Options) -> Findings:
    """Yield a finding for each volume that is not said to be encrypted."""
    for path in PLACES[machine.type]:
        found = machine.each(path)
        if path == PLACES[INSTANCE][0] and leaves_to_template(machine) and machine.read("rootBlockDevice").absent:
            continue
        if machine.type == TEMPLATE and not found:
            yield Violation("blockDeviceMappings is absent: the image then decides about the root volume")
        for one in found:
            yield from _volume(one)


def _volume(encrypted: Reading) -> Findings:
    if encrypted.unknown:
        yield Undecided(encrypted)
    elif encrypted.flag() is not True:
        place = encrypted.where if encrypted.where.endswith("encrypted") else encrypted.path
        yield Violation(f"{place} is not on, and nobody here sees what the account does without it")


RULE = Rule(
    id="ec2-instance-volumes-are-encrypted",
    title="Volumes of instances are encrypted",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
        "Instance:launchTemplate",
    ),
    severity=Severity.HIGH,
    remediation="Set encrypted to true and name a customer key.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html",
    frameworks=(
        "FSBP EC2.3",
        "CKV_AWS_3",
        "CKV_AWS_8",
        "prowler ec2_ebs_volume_encryption",
        "Config ENCRYPTED_VOLUMES",
        "cdk-nag AwsSolutions-EC26",
    ),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
