"""A resource may name a Region of its own, and would lie there outside the network and outside what was reviewed.

Regions are those of the policy config, else the one of the stack config.

Source: Pulumi AWS provider, `region` on the provider and on each resource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


PROVIDER = "pulumi:providers:aws"


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for a Region that is not listed, and for a provider that takes its own from whoever runs it."""
    if resource.type != PROVIDER and not resource.type.startswith("aws:"):
        return
    found = resource.read("region")
    if found.unknown:
        yield Undecided(found)
    elif not found.given:
        if resource.type == PROVIDER:
            yield Violation("region is absent: the provider then takes it from its environment")
    elif found.value not in stack_config.regions(options.texts("allowedRegions")):
        yield Violation("region names a Region that neither the stack config nor the policy config lists")


RULE = Rule(
    id="pulumi-region-is-listed",
    title="Every resource lies in a listed Region",
    kind=Kind.RESOURCE,
    types=(
        "pulumi:providers:aws",
        "*",
    ),
    paths=("region",),
    severity=Severity.HIGH,
    remediation="Set the Region on the provider and nowhere else, or list the second Region.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/provider/",
    frameworks=("prowler organizations_scp_check_deny_regions",),
    options={
        "allowedRegions": texts(),
    },
    mirrored_by=("SCP",),
    validate=validate,
)
