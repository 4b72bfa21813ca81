"""Condition keys for tags ignore letter case, so a second spelling of the owner's tag may decide instead of the first.

Source: IAM User Guide, "Tags for AWS Identity and Access Management resources".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import OWNED_TYPES, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each key that is the owner's tag in another spelling."""
    key = options["tagKey"]
    tags = own_tags(resource)
    if tags.keys is None:
        yield Undecided(tags.reading)
        return
    for other in tags.keys:
        if other != key and other.strip().casefold() == key.casefold():
            yield Violation(f"tags has the key {other!r} beside or in place of {key!r}")


RULE = Rule(
    id="tenant-tag-key-has-no-lookalike",
    title="No tag differs from the owner tag only in letter case",
    kind=Kind.RESOURCE,
    types=OWNED_TYPES,
    paths=("tags",),
    severity=Severity.HIGH,
    remediation="Remove the other spelling.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html",
    options={
        "tagKey": text("user"),
    },
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
