"""A resource made through Cloud Control hides its type in text, where no other rule looks.

A listed type also lists the JSON properties that it must carry, with their values; nested ones with dots.

Source: Cloud Control API Reference, CreateResource.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reading import read
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for a type that is not listed with its properties, and for each property that differs."""
    kind = resource.read("typeName")
    if kind.unknown:
        yield Undecided(kind)
        return
    required = options["requiredProperties"].get(kind.value)
    if kind.value not in options.texts("allowedTypes") or not isinstance(required, Mapping):
        yield Violation("typeName is not listed together with the properties that it must carry")
        return
    state = resource.read("desiredState").decoded()
    if state.unknown:
        yield Undecided(state)
        return
    for path, value in required.items():
        if not isinstance(state.value, dict) or read(state.value, path).value != value:
            yield Violation(f"desiredState does not carry {path} as the options demand")


RULE = Rule(
    id="cloudcontrol-type-is-listed",
    title="Nothing is created through Cloud Control unless listed",
    kind=Kind.RESOURCE,
    types=("aws:cloudcontrol/resource:Resource",),
    paths=(
        "typeName",
        "desiredState",
    ),
    severity=Severity.CRITICAL,
    remediation=(
        "Use the typed resource, or list the type in allowedTypes and, in requiredProperties, the JSON "
        "properties it must carry."
    ),
    url="https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html",
    options={
        "allowedTypes": texts(),
        "requiredProperties": {"type": "object", "default": {}},
    },
    mirrored_by=("SCP",),
    validate=validate,
)
