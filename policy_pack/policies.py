"""Policy documents of the stack as iamproof policies, and the deploy-time ids in them.

Where a document is not known yet its plan is read. An id that AWS has minted already replaces the reference that
stands for it; one that does not exist yet stays a reference, which is a fresh constant: documents only compare it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import documents
import plans
from origins import as_registered

from iamproof import PolicyError, parse_policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reading import Wire
    from resources import Resource, Stack

    from iamproof import Policy


@dataclass(frozen=True)
class Readable:
    """A policy, or the reason why it cannot be read; neither where there is none. `where` is its wire path."""

    policy: Policy | None = None
    problem: str | None = None
    where: str = ""


class Ids:
    """What resources with a reference are called: their id once AWS has minted it, before that the reference."""

    def __init__(self, stack: Stack) -> None:
        self.by_reference: dict[str, str] = {}
        self._by_target: dict[str, str] = {}
        targets = {f"{resource.type}|{resource.name}": resource for resource in stack.resources}
        for plan in plans.everywhere():
            for name, target in plan.references.items():
                found = targets.get(str(target))
                known = found.read("id").value if found else None
                called = known if isinstance(known, str) and known else f"{{{{{name}}}}}"
                self.by_reference[name] = called
                self._by_target[str(target)] = called

    def of(self, resource: Resource) -> str:
        """Return the id of a resource, or the reference that stands for it.

        What no plan refers to is called by its name here: a constant that no document holds, as its id will be.
        """
        known = resource.read("id").value
        if isinstance(known, str) and known:
            return known
        target = f"{resource.type}|{resource.name}"
        return self._by_target.get(target, f"{{{{{target}}}}}")

    def settled(self, text: str) -> str:
        """Return a text with the references replaced whose ids are known."""
        return plans.REFERENCE.sub(lambda found: self.by_reference.get(found[1], found[0]), text)


def read_policies(resource: Resource, ids: Ids) -> Iterator[Readable]:
    """Yield every policy document that a resource holds, or why it cannot be read."""
    for held in documents.held(as_registered(resource)):
        name = resource.name if held.where == "policy" else f"{resource.name}.{held.where}"
        if held.document is None:
            yield Readable(problem=f"{name} is neither known nor planned", where=held.where)
            continue
        text = _text(held.document.raw or held.reading.value)
        yield _parsed(ids.settled(text) if held.rendered is None else text, name, held.where)


def _text(document: Wire) -> str:
    return document if isinstance(document, str) else json.dumps(document, sort_keys=True)


@lru_cache(maxsize=8192)
def _parsed(text: str, name: str, where: str) -> Readable:
    try:
        return Readable(parse_policy(text, name=name), where=where)
    except PolicyError as error:
        return Readable(problem=f"{name} cannot be read: {'; '.join(error.problems)}", where=where)


def settled_tags(resource: Resource, ids: Ids) -> tuple[dict[str, str], list[str]]:
    """Return the tags of a principal, and what about them is not known; planned ones stand in for coming ids."""
    found = as_registered(resource).read("tags")
    if found.absent:
        return {}, []
    if not isinstance(found.value, dict):
        return {}, [f"the tags of {resource.name} are not known yet"]
    planned: Mapping[str, str] = plans.planned_tags(resource)
    tags, problems = {}, []
    for key, value in found.value.items():
        if isinstance(value, str):
            tags[key] = value
        elif key in planned:
            tags[key] = ids.settled(planned[key])
        else:
            problems.append(f"the tag {key} of {resource.name} is not known yet")
    return tags, problems


def known_text(resource: Resource, path: str) -> str | None:
    """Return a text of a resource, as registered or else as it became; None where it is not known."""
    for source in (as_registered(resource), resource):
        value = source.read(path).value
        if isinstance(value, str) and value:
            return value
    return None
