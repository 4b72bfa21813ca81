"""The documents and tags that components planned, remembered by component for the rules that judge their children.

A component hands its plan over as plain inputs, which reach the pack before any child is registered:
``plannedDocuments`` maps ``<type token>|<logical name>|<wire path>`` to a document in which ``{{name}}`` stands for an
id that AWS mints, ``plannedReferences`` maps such names to ``<type token>|<logical name>``, and ``plannedTags`` maps
``<type token>|<logical name>|tags`` to the tags that hold references. A child finds its plan in the components around
it, nearest first, never in a component beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reading import has_unknown, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reading import Wire
    from resources import Resource

REFERENCE = re.compile(r"\{\{([^{}]+)\}\}")
INPUTS = ("plannedDocuments", "plannedReferences", "plannedTags")


@dataclass(frozen=True)
class ComponentPlan:
    """What one component planned; `problems` names inputs that are not known or not maps."""

    urn: str
    documents: Mapping[str, Any]
    references: Mapping[str, str]
    tags: Mapping[str, Mapping[str, str]]
    problems: tuple[str, ...] = ()


_PLANS: dict[str, ComponentPlan] = {}
_PARENTS: dict[str, str] = {}
_IDS: dict[str, frozenset[str]] = {}


def remember(resource: Resource) -> None:
    """Keep the plan of a component, and who its parent is."""
    if resource.urn in _PLANS or resource.type.startswith(("aws:", "pulumi:")):
        return
    if resource.parent:
        _PARENTS[resource.urn] = resource.parent
    values: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for name in INPUTS:
        reading = resource.read(name)
        if reading.absent:
            continue
        if reading.unknown or not isinstance(reading.value, dict):
            problems.append(name)
        else:
            values[name] = reading.value
    _PLANS[resource.urn] = ComponentPlan(
        resource.urn,
        documents=values.get("plannedDocuments", {}),
        references=values.get("plannedReferences", {}),
        tags=values.get("plannedTags", {}),
        problems=tuple(problems),
    )


def around(resource: Resource) -> Iterator[ComponentPlan]:
    """Yield the plans of the components around a resource, nearest first."""
    urn = resource.parent
    while urn is not None:
        if urn in _PLANS:
            yield _PLANS[urn]
        urn = _PARENTS.get(urn)


def planned(resource: Resource, where: str) -> Wire:
    """Return the document planned for a property of a resource, as an object; None where there is none.

    `where` is the wire path with indices, such as ``policy`` or ``inlinePolicies[0].policy``.
    """
    place = f"{resource.type}|{resource.name}|{where}"
    for plan in around(resource):
        document = plan.documents.get(place)
        if document is not None and not has_unknown(document):
            return document
    return None


def planned_tags(resource: Resource) -> Mapping[str, str]:
    """Return the tags of a resource that hold references, as planned; empty where there are none."""
    place = f"{resource.type}|{resource.name}|tags"
    for plan in around(resource):
        tags = plan.tags.get(place)
        if isinstance(tags, dict) and not has_unknown(tags):
            return tags
    return {}


def references(resource: Resource) -> dict[str, str]:
    """Return what each reference in the plans around a resource stands for: name -> ``<type token>|<logical name>``."""
    found: dict[str, str] = {}
    for plan in around(resource):
        for name, target in plan.references.items():
            found.setdefault(name, str(target))
    return found


def everywhere() -> tuple[ComponentPlan, ...]:
    """Return the plans of all components seen in this run."""
    return tuple(_PLANS.values())


def bind(target: str, ids: frozenset[str]) -> str | None:
    """Note that a planned resource (``<type token>|<logical name>``) has one of the given ids; say what contradicts.

    Documents that list several references leave open which is which; each further document narrows that down.
    """
    known = _IDS.get(target, ids)
    if not known & ids:
        return f"stands for another id than elsewhere ({_listed(known)} there)"
    taken = next(
        (other for other, one in _IDS.items() if other != target and len(one) == 1 and one == known & ids), None
    )
    if taken is not None:
        return f"stands for the same id as {taken.rsplit('|', 1)[-1]}"
    _IDS[target] = known & ids
    return None


def _listed(ids: frozenset[str]) -> str:
    return " or ".join(sorted(ids))


def names_in(document: Wire) -> frozenset[str]:
    """Return the names of the references anywhere in a planned value."""
    if isinstance(document, str):
        return frozenset(REFERENCE.findall(document))
    if isinstance(document, dict):
        return frozenset().union(*(names_in(part) for part in document.values()))
    if isinstance(document, list):
        return frozenset().union(*(names_in(part) for part in document))
    return frozenset()


def forget() -> None:
    """Forget every plan: another run begins."""
    _PLANS.clear()
    _IDS.clear()
    _PARENTS.clear()


def of_component(resource: Resource) -> Mapping[str, Any]:
    """Return the plan inputs of a component as plain values, for a rule that judges the component itself."""
    return {name: plain(reading.value) for name in INPUTS if (reading := resource.read(name)).present}
