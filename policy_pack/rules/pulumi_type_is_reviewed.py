"""A type that no rule knows is judged by nobody: dynamic resources, other providers, and what AWS adds later.

Reviewed are the types that the rules of this pack name, and those of the options. A prefix ends with a colon or a
slash; any other entry is a whole type, so that one provider does not admit another whose name begins alike.

Source: AWS Well-Architected Framework, Security Pillar, "Evaluate and implement new security services and features".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import known_types
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for a resource of a type that neither a rule nor an option names."""
    prefixes = options.texts("reviewedPrefixes")
    whole = {prefix for prefix in prefixes if not prefix.endswith((":", "/"))}
    listed = resource.type in {*options.texts("reviewedTypes"), *whole} or known_types.is_known(resource.type)
    if not listed and not resource.type.startswith(tuple(set(prefixes) - whole)):
        yield Violation(f"no rule of the pack knows the type {resource.type}")


RULE = Rule(
    id="pulumi-type-is-reviewed",
    title="Only reviewed resource types are in the stack",
    kind=Kind.RESOURCE,
    types=("*",),
    paths=(),
    severity=Severity.HIGH,
    remediation="Have the type reviewed, write its rules and add it to the list.",
    url="https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/welcome.html",
    options={
        "reviewedTypes": texts(),
        "reviewedPrefixes": texts("pulumi:pulumi:Stack", "pulumi:providers:aws", "closed-sagemaker:"),
    },
    mirrored_by=("SCP",),
    validate=validate,
)
