"""Which resources of the stack the values of a property are: subnets of a notebook, the role of a model, a group's key.

A value that is known is compared with what resources are called (id, ARN, name). One that is not known yet stands for
a resource that its top-level property was taken from; where there are more such values than resources, nobody can
tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import memory
from rule import Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reading import Reading
    from resources import Resource, Stack
    from rule import Findings

CALLED = ("id", "arn", "name", "bucket", "keyId", "prefixListId", "defaultNetworkAclId", "defaultRouteTableId")


@dataclass(frozen=True)
class Found:
    """What the values of one property are.

    `resources` are of this stack; `foreign` are known texts that name none of them; `untold` are not known and may be
    anything.
    """

    resources: tuple[Resource, ...]
    foreign: tuple[Reading, ...]
    untold: tuple[Reading, ...]


class Origins:
    """Finds the resources of some types that properties of others stand for."""

    def __init__(self, stack: Stack, *types: str) -> None:
        self._own = {resource.urn: resource for resource in stack.of_type(*types)}
        self._called: dict[str, Resource] = {}
        for resource in self._own.values():
            for name in _names(resource):
                self._called.setdefault(name, resource)

    def of(self, resource: Resource, path: str, adopted: Iterable[str] = ()) -> Found:
        """Return what a property stands for; `adopted` lists known values that are nobody's concern.

        A property that the program left out stands for nothing, whatever AWS computes.
        """
        listed = set(adopted)
        readings = [one for one in as_registered(resource).each(path) if one.given and str(one.value) not in listed]
        known = [one for one in readings if not one.unknown]
        waiting = [one for one in readings if one.unknown]
        named = {str(one.value): self._called.get(_bare(str(one.value))) for one in known}
        found = {one.urn: one for one in named.values() if one is not None}
        sources = [urn for urn in resource.came_from(path) if urn in self._own and urn not in found]
        enough = len(waiting) <= len(sources)
        if waiting:
            found |= {urn: self._own[urn] for urn in sources}
        foreign = tuple(one for one in known if named[str(one.value)] is None)
        return Found(tuple(found.values()), foreign, () if enough else tuple(waiting))

    def strangers(self, resource: Resource, path: str, what: str, adopted: Iterable[str] = ()) -> Findings:
        """Yield a finding for each value that is none of the stack's nor adopted; `what` ends "<path> …"."""
        found = self.of(resource, path, adopted)
        for one in found.foreign:
            yield Violation(f"{one.where} {what}", resource.urn)
        for one in found.untold:
            yield Undecided(one, resource.urn)


def as_registered(resource: Resource) -> Resource:
    """Return a resource with what the program said of it: its outputs hold what AWS computes as well."""
    return memory.registered(resource.urn) or resource


def _names(resource: Resource) -> list[str]:
    values = [resource.read(name).value for name in CALLED]
    if resource.type == "aws:iam/role:Role" and resource.read("name").present:
        values.append(f":role{resource.read('path').value or '/'}{resource.read('name').value}")
    return [_bare(value) for value in values if isinstance(value, str) and value]


def _bare(text: str) -> str:
    """Return what a text says in a first preview already, when ARNs are not known yet.

    Of a role that is its path and name, of a bucket its name; whose account a role is in, is another rule's question.
    """
    if ":role/" in text:
        return text[text.index(":role/") :]
    return text.rsplit(":::", 1)[-1]
