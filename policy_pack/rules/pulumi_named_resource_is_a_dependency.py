"""A name written as text orders nothing: the resource may be made before, and deleted after, what it names.

Names and ARNs of resources of the stack are looked for in the inputs of all others, inside documents too; a document
that is not known yet is read as planned. The inputs are those seen when the resource was registered.

Source: Pulumi documentation, "dependsOn".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import memory
from documents import held
from graph import Reach
from names import Names
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Wire
    from resources import Resource, Stack
    from rule import Findings, Options


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each property that names a resource which its holder does not wait for."""
    names = Names(stack.resources)
    reach = Reach(stack)
    for holder in stack.resources:
        if not holder.type.startswith("aws:"):
            continue
        missed: dict[str, set[str]] = {}
        for mention in names.mentions(holder, _inputs(holder)):
            if not any(reach.waits_for(holder.urn, owner) for owner in mention.owners):
                missed.setdefault(mention.property, set()).update(stack.by_urn[owner].name for owner in mention.owners)
        for path, named in missed.items():
            yield Violation(f"{path} names {', '.join(sorted(named))}, which it does not depend on", holder.urn)


def _inputs(holder: Resource) -> Iterator[tuple[str, Wire]]:
    """Yield the properties of a resource as it was registered, planned documents in place of unknown ones."""
    registered = memory.registered(holder.urn) or holder
    for name in registered.keys:
        yield name, registered.read(name).value
    for document in held(registered):
        if document.rendered is None and document.planned is not None:
            yield document.where, dict(document.planned.raw)


RULE = Rule(
    id="pulumi-named-resource-is-a-dependency",
    title="Whoever names a resource also depends on it",
    kind=Kind.STACK,
    types=("*",),
    paths=(),
    severity=Severity.MEDIUM,
    remediation="Add depends_on, or take the value from the output of the resource.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/",
    validate=validate,
)
