"""With ignoreChanges the engine keeps the old value, and the rules judge that one instead of the program's.

Guarded are the properties of the options on every type, and on each type those that rules of this pack judge.

Source: Pulumi documentation, "ignoreChanges".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import known_types
from resources import top_level
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each ignored path that reaches a guarded property."""
    guarded = {*options.texts("guardedProperties"), *known_types.judged_properties(resource.type)}
    for ignored in resource.ignored:
        top = top_level(ignored.removeprefix('["').replace('"]', "", 1))
        if top == "*" or top in guarded:
            yield Violation(f"ignoreChanges names {ignored}, which hides changes of a guarded property")


RULE = Rule(
    id="pulumi-guarded-property-is-not-ignored",
    title="No option hides changes of a guarded property",
    kind=Kind.RESOURCE,
    types=("*",),
    paths=(),
    severity=Severity.HIGH,
    remediation="Remove the property from ignoreChanges.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
    options={
        "guardedProperties": texts(
            "policy",
            "assumeRolePolicy",
            "permissionsBoundary",
            "directInternetAccess",
            "appNetworkAccessType",
            "vpcConfig",
            "ingress",
            "egress",
            "tags",
        ),
    },
    validate=validate,
)
