"""A provider that the engine makes by itself takes account and Region from whoever runs it.

The engine calls it `default`, followed by the version where one is known.

Source: Pulumi documentation, "Default and explicit provider configuration".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


NAME = re.compile(r"default(_[0-9].*)?")


def validate(provider: Resource, _options: Options) -> Findings:
    """Yield a finding for a provider that bears the engine's name."""
    if NAME.fullmatch(provider.name):
        yield Violation("a resource of the program uses the engine's default provider")


RULE = Rule(
    id="pulumi-provider-is-explicit",
    title="No resource uses a default provider",
    kind=Kind.RESOURCE,
    types=("pulumi:providers:aws",),
    paths=(),
    severity=Severity.HIGH,
    remediation="Pass the one explicit provider and disable default providers in the stack file.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/providers/",
    validate=validate,
)
