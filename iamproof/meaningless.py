"""Queries that mean no request at all: whatever is claimed to be impossible of them holds, and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.partition import classes
from iamproof.shapes import SIX_COMPONENTS, literal, text_shape

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
            yield f"{pattern} is no action that the library knows: it may carry any key and name any resource"


def _written(glob: Glob) -> str:
    return "".join(token if isinstance(token, str) else token.value for token in glob.tokens)
