"""The policy that AWS writes leaves the key to every identity policy of the account.

Source: AWS KMS Developer Guide, "Default key policy".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity, flag

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding for a key without a policy of its own."""
    if not options["allowSiblingPolicy"]:
        yield from must_be_given(key, "policy", absent="AWS leaves the key to every identity policy of the account")


RULE = Rule(
    id="kms-key-policy-is-declared",
    title="Each key has a policy of its own",
    kind=Kind.RESOURCE,
    types=("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    paths=("Key:policy", "ReplicaKey:policy"),
    severity=Severity.MEDIUM,
    remediation="Write the key policy on the key.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    frameworks=("CKV2_AWS_64",),
    options={"allowSiblingPolicy": flag(default=False)},
    mirrored_by=("runtime audit",),
    validate=validate,
)
