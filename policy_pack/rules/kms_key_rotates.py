"""A key that never rotates keeps every object readable with one piece of key material for ever.

Asymmetric keys and keys of a custom key store cannot rotate by themselves and pass.

Source: AWS KMS API Reference, EnableKeyRotation (default: off; period 365 days unless given).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding unless a symmetric key of the standard store rotates often enough."""
    shape = [key.read(path) for path in ("customerMasterKeySpec", "keyUsage", "customKeyStoreId")]
    unread = [found for found in shape if found.unknown]
    if unread:
        yield from (Undecided(found) for found in unread)
        return
    spec, usage, store = shape
    symmetric = spec.absent or spec.value == "SYMMETRIC_DEFAULT"
    encrypts = usage.absent or usage.value == "ENCRYPT_DECRYPT"
    if not (symmetric and encrypts) or store.given:
        return
    yield from must_be_on(key, "enableKeyRotation", absent="AWS does not rotate the key")
    period = key.read("rotationPeriodInDays")
    if period.unknown:
        yield Undecided(period)
    elif period.present and period.value > options["maxPeriodDays"]:
        yield Violation(f"rotationPeriodInDays is more than {options['maxPeriodDays']}")


RULE = Rule(
    id="kms-key-rotates",
    title="Customer keys rotate",
    kind=Kind.RESOURCE,
    types=("aws:kms/key:Key",),
    paths=(
        "enableKeyRotation",
        "customerMasterKeySpec",
        "keyUsage",
        "customKeyStoreId",
        "rotationPeriodInDays",
    ),
    severity=Severity.MEDIUM,
    remediation="Set enableKeyRotation to true.",
    url="https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html",
    frameworks=(
        "FSBP KMS.4",
        "CKV_AWS_7",
        "prowler kms_cmk_rotation_enabled",
        "Config CMK_BACKING_KEY_ROTATION_ENABLED",
        "cdk-nag AwsSolutions-KMS5",
    ),
    options={
        "maxPeriodDays": integer(365, minimum=90),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
