"""A tag that the provider ignores may be gone from AWS while the stack still shows it: isolation rests on tags.

Source: Pulumi AWS provider, `ignoreTags`; the value arrives as JSON text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading import Reading, State, as_list
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PATH = "ignoreTags"


def validate(provider: Resource, options: Options) -> Findings:
    """Yield a finding for each tag that is ignored and not listed, and for each prefix: nobody knows what it covers."""
    found = provider.read(PATH).decoded()
    if found.absent:
        return
    if found.unknown or not isinstance(found.value, dict):
        yield Undecided(Reading(found.path, found.where, State.UNKNOWN))
        return
    for prefix in as_list(found.value.get("keyPrefixes")):
        yield Violation(f"{PATH} covers every tag that begins with {prefix!r}, the owner's or one to come")
    for key in as_list(found.value.get("keys")):
        if key not in options.texts("allowedKeys"):
            yield Violation(f"{PATH} covers the tag {key!r}, which is not listed as one that nothing rests on")


RULE = Rule(
    id="pulumi-provider-ignores-no-tag",
    title="The provider ignores no tag",
    kind=Kind.RESOURCE,
    types=("pulumi:providers:aws",),
    paths=(PATH,),
    severity=Severity.HIGH,
    remediation="Remove ignoreTags from the provider, or list tags that another system keeps under allowedKeys.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/provider/",
    options={
        "allowedKeys": texts(),
    },
    validate=validate,
)
