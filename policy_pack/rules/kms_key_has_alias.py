"""A key without an alias is a row of letters: whoever administers keys cannot tell which one must never go.

Source: AWS KMS Developer Guide, "Aliases".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

KEY, ALIAS = "aws:kms/key:Key", "aws:kms/alias:Alias"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each key that no alias of this stack names."""
    found = find(stack, (KEY,), (ALIAS,), "targetKeyId")
    for key in found.parents:
        if not found.of[key.urn]:
            yield Violation("no alias of this stack names the key", key.urn)
    for alias in found.unattributed:
        yield Undecided(alias.read("targetKeyId"), alias.urn)


RULE = Rule(
    id="kms-key-has-alias",
    title="Each key has an alias",
    kind=Kind.STACK,
    types=(KEY, ALIAS),
    paths=("Alias:targetKeyId",),
    severity=Severity.LOW,
    remediation="Add an Alias whose targetKeyId is the id of the key.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
