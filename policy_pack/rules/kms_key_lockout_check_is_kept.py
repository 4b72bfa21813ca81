"""With the check off, a mistake in the key policy locks everybody out of the key, and of the data, for ever.

Source: AWS KMS API Reference, CreateKey and PutKeyPolicy, BypassPolicyLockoutSafetyCheck (default false).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import places
from checks import must_be_off
from places import Holder
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(key: Resource, _options: Options) -> Findings:
    """Yield a finding where the lockout check is bypassed."""
    yield from must_be_off(key, "bypassPolicyLockoutSafetyCheck", why="a mistake would lock the key for ever")


RULE = Rule(
    id="kms-key-lockout-check-is-kept",
    title="The safety check of key policies stays on",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.KEY),
    paths=tuple(f"{token.rsplit(':', 1)[-1]}:bypassPolicyLockoutSafetyCheck" for token in places.types_of(Holder.KEY)),
    severity=Severity.HIGH,
    remediation="Remove bypassPolicyLockoutSafetyCheck.",
    url="https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
    mirrored_by=("SCP",),
    validate=validate,
)
