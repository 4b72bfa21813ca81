"""Queries that mean no request at all: whatever is claimed to be impossible of them holds, and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.facts.query import hint, nearest_actions
from iamproof.lint_arns import may_cover
from iamproof.partition import classes
from iamproof.shapes import SIX_COMPONENTS, literal, text_shape
from iamproof.variables import parse_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.matching import Glob
    from iamproof.query import Query

_EVERYTHING = frozenset({"*", "*:*"})
_RESOURCES = (SIX_COMPONENTS, literal("*"))


def faults(query: Query) -> Iterator[str]:
    """Yield what of a query no request can be, each as a sentence that says what to write instead."""
    for pattern in query.patterns:
        wild = "*" in pattern or "?" in pattern
        if wild and pattern not in _EVERYTHING and not facts.expand(pattern):
            yield f"actions: {pattern!r} stands for no known action: write one that does, or the name of a new action"
    for glob in query.asked.like or ():
        if not classes(frozenset(), (_RESOURCES, (text_shape(glob),))):
            yield f"resources: {_written(glob)!r} matches no ARN: write arn:…, or * for a request without a resource"


def unknown_actions(query: Query) -> Iterator[str]:
    """Yield the actions that a query names and of which no facts are known, perhaps for a slip of the pen."""
    for pattern in query.patterns:
        if "*" not in pattern and "?" not in pattern and facts.action(pattern) is None:
            near = hint(nearest_actions(pattern))
            yield f"{pattern} is no action that the library knows: it may carry any key and name any resource{near}"


def unmet_forms(query: Query) -> Iterator[str]:
    """Yield the actions that take none of the resources asked about, with the forms of those that they do take."""
    asked = [_written(glob) for glob in query.asked.like or ()]
    templates = [parse_template(text, variables=False, wildcards=True)[0] for text in asked]
    for pattern in query.patterns if asked else ():
        known = [found for found in map(facts.action, _named(pattern)) if found]
        forms = dict.fromkeys(kind.arn for found in known for kind in found.resource_types)
        open_ended = not known or not all(found.complete for found in known)
        if open_ended or any(may_cover(each, form) for each in templates for form in forms):
            continue
        if "*" in asked and not all(any(kind.required for kind in found.resource_types) for found in known):
            continue
        write = " or ".join(form.text for form in forms) or "*"
        yield f"{pattern} takes no resource such as {asked[0]}, so nobody can: write {write}"


def _named(pattern: str) -> tuple[str, ...]:
    return facts.expand(pattern) if "*" in pattern or "?" in pattern else (pattern,)


def _written(glob: Glob) -> str:
    return "".join(token if isinstance(token, str) else token.value for token in glob.tokens)
