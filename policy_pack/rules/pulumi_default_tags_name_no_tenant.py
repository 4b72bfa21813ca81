"""An owner among the default tags would give every resource to one tenant, and hide each forgotten tag.

Source: Pulumi AWS provider, `defaultTags`; the value arrives as JSON text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading import Reading, State
from rule import Kind, Rule, Severity, Undecided, Violation, text

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(provider: Resource, options: Options) -> Findings:
    """Yield a finding where the default tags hold the owner's tag, in any letter case."""
    found = provider.read("defaultTags").decoded()
    tags = found.value.get("tags", {}) if isinstance(found.value, dict) else {}
    if not found.absent and (not isinstance(found.value, dict) or not isinstance(tags, dict)):
        yield Undecided(Reading(found.path, found.where, State.UNKNOWN))
        return
    for key in tags or {}:
        if key.strip().casefold() == options["tagKey"].casefold():
            yield Violation(f"defaultTags holds the owner's tag {key!r}")


RULE = Rule(
    id="pulumi-default-tags-name-no-tenant",
    title="Default tags name no owner",
    kind=Kind.RESOURCE,
    types=("pulumi:providers:aws",),
    paths=("defaultTags",),
    severity=Severity.MEDIUM,
    remediation="Set the owner tag on each resource.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/provider/",
    options={
        "tagKey": text("user"),
    },
    validate=validate,
)
