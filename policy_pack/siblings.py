"""Which resource a sibling belongs to: encryption to its bucket, a rule to its group, a policy to its endpoint.

In a first preview the sibling's reference (``bucket: bucket.id``) is unknown, so values cannot be compared. The engine
also sends the URNs that each top-level property was taken from, and those decide; only where there are none is a known
value compared with the names of the possible parents. ``depends_on`` never decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resources import Resource, Stack

IDENTIFIERS = ("bucket", "name", "id", "arn")


@dataclass
class Siblings:
    """Parents with their siblings (URN -> siblings), and siblings that may belong to any of them.

    A sibling whose known reference names no parent belongs to something outside the stack and stands nowhere here.
    """

    parents: tuple[Resource, ...]
    of: dict[str, list[Resource]] = field(default_factory=dict)
    unattributed: list[Resource] = field(default_factory=list)


def find(
    stack: Stack, parent_types: Sequence[str], sibling_types: Sequence[str], reference: str | Sequence[str]
) -> Siblings:
    """Return the siblings of each parent; `reference` is the wire property (or properties) that names the parent."""
    references = (reference,) if isinstance(reference, str) else tuple(reference)
    parents = tuple(stack.of_type(*parent_types))
    found = Siblings(parents, {parent.urn: [] for parent in parents})
    names = _names(parents)
    for sibling in stack.of_type(*sibling_types):
        owners = {urn for path in references for urn in owners_of(sibling, path, names, found.of)}
        if len(owners) == 1:
            found.of[owners.pop()].append(sibling)
        elif owners or not all(sibling.read(path).present for path in references):
            found.unattributed.append(sibling)
    return found


def owners_of(sibling: Resource, path: str, names: dict[str, set[str]], parents: dict[str, list[Resource]]) -> set[str]:
    """Return the URNs of the parents that a reference property may name."""
    by_dependency = {urn for urn in sibling.came_from(path) if urn in parents}
    if by_dependency:
        return by_dependency
    value = sibling.read(path)
    return set(names.get(value.value, ())) if value.present and isinstance(value.value, str) else set()


def _names(parents: Sequence[Resource]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for parent in parents:
        for key in IDENTIFIERS:
            value = parent.read(key)
            if value.present and isinstance(value.value, str) and value.value:
                names.setdefault(value.value, set()).add(parent.urn)
    return names
