"""What one tenant's resource takes from another's ties them together: a role, a group, a key that both work with.

References are read from where properties were taken, and from names and ARNs written as text. Shared resources, owned
by the platform or by nobody, may be referred to by all, and may refer to one tenant but never join two.

Source: IAM User Guide, "Controlling access to AWS resources using tags".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from names import Names
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import OWNED_TYPES, own_tags, tenant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Wire
    from resources import Resource, Stack
    from rule import Findings, Options


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each property by which a resource reaches another tenant's."""
    key = str(options["tagKey"])
    owners = {one.urn: owner for one in stack.resources if (owner := tenant_of(one, key)) is not None}
    names = Names(stack.by_urn[urn] for urn in owners)
    for resource in stack.resources:
        referred = {urn: path for urn, path in _referred(resource, names) if urn in owners}
        if not referred or not resource.type.startswith("aws:"):
            continue
        own = own_tags(resource).value(key)
        if own.unknown:
            yield Undecided(own, resource.urn)
            continue
        tenants = sorted({owners[urn] for urn in referred})
        if resource.urn in owners:
            for urn, path in sorted(referred.items()):
                if owners[urn] != owners[resource.urn]:
                    other = f"{stack.by_urn[urn].name}, which belongs to the tenant {owners[urn]}"
                    yield Violation(f"{path} refers to {other}", resource.urn)
        elif len(tenants) > 1:
            yield Violation(f"a shared resource joins resources of the tenants {', '.join(tenants)}", resource.urn)


def _referred(resource: Resource, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the URNs that a resource refers to, each with the property."""
    for path, urns in resource.property_dependencies.items():
        for urn in urns:
            yield urn, path
    for mention in names.mentions(resource, _inputs(resource)):
        for urn in mention.owners:
            yield urn, mention.property


def _inputs(resource: Resource) -> Iterator[tuple[str, Wire]]:
    registered = as_registered(resource)
    for name in registered.keys:
        yield name, registered.read(name).value


RULE = Rule(
    id="tenant-resource-references-only-own",
    title="A resource of one tenant never refers to a resource of another",
    kind=Kind.STACK,
    types=OWNED_TYPES,
    paths=("tags",),
    severity=Severity.CRITICAL,
    remediation="Refer to the role, key, group, bucket prefix and volume of the same tenant.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",
    options={"tagKey": text("user")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
