"""Where a pattern could begin or end within a name: then exchanging the name for another one changes what it matches.

Source: docs/proofs.md, *Many tenants*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WILD = re.compile(r"[*?]+|\$\{[^}]*\}")
SHORTEST = 3
"""Names have as many characters at least, so one that lies in fewer ? reaches beyond them."""
LONGEST = 128
"""Longer names are taken to be cut; IAM's are at most 64 characters."""

Literal = tuple[str, bool, bool]
"""A piece of a pattern without wildcards or variables, and whether one stands before and behind it."""


def literals(text: str) -> Iterator[Literal]:
    """Yield the pieces between the wildcards and variables of a pattern; many question marks count characters."""
    if any(_counts(found) for found in WILD.findall(text)):
        yield "?", True, True
    pieces = WILD.split(text)
    for at, piece in enumerate(pieces):
        if piece:
            yield piece, at > 0, at < len(pieces) - 1


def _counts(run: str) -> bool:
    """Return whether a run of wildcards may take one name and not another, as it asks for a number of characters."""
    asked = run.count("?")
    return asked > SHORTEST if "*" in run else asked >= SHORTEST


def cuts(literal: Literal, name: str) -> bool:
    """Return whether a match of the piece could begin or end within the name, or lie wholly in it or around it."""
    text, behind_wildcard, before_wildcard = literal
    if text == "?" or name in text:
        return True
    if (behind_wildcard or before_wildcard) and text in name:
        return True
    shorter = range(1, min(len(text), len(name)))
    ends_in_name = before_wildcard and any(text.endswith(name[:size]) for size in shorter)
    begins_in_name = behind_wildcard and any(text.startswith(name[-size:]) for size in shorter)
    return ends_in_name or begins_in_name


class Cuts:
    """Says of names what `cuts` says, with all pieces looked through once for all names."""

    def __init__(self, pieces: Iterable[Literal]) -> None:
        """Take the pieces of every pattern."""
        pieces = tuple(pieces)
        self._counts = any(text == "?" for text, _, _ in pieces)
        self._all = "\n".join(text for text, _, _ in pieces)
        self._beside_wildcards = {text for text, behind, before in pieces if behind or before}
        self._ends = {text[-size:] for text, _, before in pieces if before for size in _shorter(text)}
        self._beginnings = {text[:size] for text, behind, _ in pieces if behind for size in _shorter(text)}

    def __contains__(self, name: str) -> bool:
        """Whether one of the pieces cuts the name."""
        if self._counts or len(name) > LONGEST or name in self._all:
            return True
        sizes = range(1, len(name))
        parts = (name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1))
        return (
            any(part in self._beside_wildcards for part in parts)
            or any(name[:size] in self._ends for size in sizes)
            or any(name[-size:] in self._beginnings for size in sizes)
        )


def _shorter(text: str) -> range:
    return range(1, min(len(text), LONGEST))
