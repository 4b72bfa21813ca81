"""What a key encrypted is gone with the key: the days between are all that a mistake leaves.

Source: AWS KMS Developer Guide, "Deleting AWS KMS keys" (default: thirty days, at least seven).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Level, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding for a key that waits less; thirty days where nothing is said."""
    found = key.read("deletionWindowInDays")
    if found.unknown:
        yield Undecided(found)
    elif found.present and float(str(found.value)) < int(options["minDays"]):
        yield Violation(f"deletionWindowInDays is below {options['minDays']}")


RULE = Rule(
    id="kms-key-deletion-window-is-long",
    title="A key waits before it is deleted",
    kind=Kind.RESOURCE,
    types=("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    paths=("deletionWindowInDays",),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Raise deletionWindowInDays to the minimum.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    frameworks=(
        "FSBP KMS.3",
        "prowler kms_cmk_not_deleted_unintentionally",
        "Config KMS_CMK_NOT_SCHEDULED_FOR_DELETION",
    ),
    options={"minDays": integer(14, minimum=7)},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
