"""IAM's wildcards: `*` is any run of characters, `?` is exactly one.

Sources: IAM User Guide, "IAM JSON policy elements: Resource" and "Condition operators" (string and ARN operators).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from iamproof.truth import DOUBTFUL, NO, UNDOCUMENTED, YES, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable

ARN_COMPONENTS = 6


class Wildcard(Enum):
    """The two wildcards."""

    MANY = "*"
    ONE = "?"

    __hash__ = object.__hash__
    """There is one of each; what an Enum does instead is slow."""


Token = str | Wildcard
_WILDCARDS = {wildcard.value: wildcard for wildcard in Wildcard}


def wildcard_tokens(text: str) -> tuple[Token, ...]:
    """Split `text` at its wildcards: ``a*b`` is ``a``, MANY, ``b``."""
    tokens: list[Token] = []
    literal: list[str] = []
    for character in text:
        wildcard = _WILDCARDS.get(character)
        if wildcard is None:
            literal.append(character)
            continue
        tokens += ["".join(literal), wildcard]
        literal.clear()
    return (*tokens, "".join(literal))


def _normal(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Join neighbouring literals, drop empty ones and write a run of MANY once."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if token == "" or (token is Wildcard.MANY and last is Wildcard.MANY):
            continue
        if isinstance(token, str) and isinstance(last, str):
            out[-1] = last + token
        else:
            out.append(token)
    return tuple(out)


def _piece_matches(piece: tuple[Token, ...], text: str, position: int) -> bool:
    for token in piece:
        if isinstance(token, str):
            if not text.startswith(token, position):
                return False
            position += len(token)
        else:
            if position >= len(text):
                return False
            position += 1
    return True


def _width(piece: Iterable[Token]) -> int:
    return sum(len(token) if isinstance(token, str) else 1 for token in piece)


def _find(piece: tuple[Token, ...], width: int, text: str, start: int, end: int) -> int:
    """Return the first place in ``text[start:end]`` that the piece matches, or -1."""
    if len(piece) == 1 and isinstance(piece[0], str):
        return text.find(piece[0], start, end)
    for position in range(start, end - width + 1):
        if _piece_matches(piece, text, position):
            return position
    return -1


@dataclass(frozen=True)
class Glob:
    """A pattern of literal text and wildcards, anchored at both ends, case-sensitive."""

    tokens: tuple[Token, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.tokens)

    @staticmethod
    @lru_cache(maxsize=1 << 14)
    def of(text: str) -> Glob:
        """Return the pattern that `text` writes with `*` and `?`."""
        return Glob.join(wildcard_tokens(text))

    @classmethod
    def join(cls, tokens: Iterable[Token]) -> Glob:
        """Return the pattern of these tokens; literal tokens may hold any character."""
        return _glob(_normal(tokens))

    @cached_property
    def lowered(self) -> Glob:
        """The same pattern in small letters, for comparison with text in small letters."""
        return Glob(tuple(token.lower() if isinstance(token, str) else token for token in self.tokens))

    @cached_property
    def _pieces(self) -> tuple[tuple[tuple[Token, ...], int], ...]:
        """What stands between the MANYs, each with the number of characters that it matches."""
        pieces: list[list[Token]] = [[]]
        for token in self.tokens:
            if token is Wildcard.MANY:
                pieces.append([])
            else:
                pieces[-1].append(token)
        return tuple((tuple(piece), _width(piece)) for piece in pieces)

    def matches(self, text: str) -> bool:
        """Whether the whole of `text` matches; wildcards stand for any character, `/` and `:` included."""
        (first, position), *rest = self._pieces
        if not rest:
            return len(text) == position and _piece_matches(first, text, 0)
        last, width = rest.pop()
        end = len(text) - width
        if position > end or not _piece_matches(first, text, 0) or not _piece_matches(last, text, end):
            return False
        for piece, width in rest:
            position = _find(piece, width, text, position, end)
            if position < 0:
                return False
            position += width
        return True

    def matches_within_segments(self, text: str) -> bool:
        """Like `matches`, but only a `*` that ends a segment of the pattern stands for text with a `:` in it."""
        reached = {0}
        for index, token in enumerate(self.tokens):
            if isinstance(token, str):
                reached = {place + len(token) for place in reached if text.startswith(token, place)}
            elif token is Wildcard.ONE:
                reached = {place + 1 for place in reached if place < len(text) and text[place] != ":"}
            elif self.ends_segment(index):
                reached = set(range(min(reached), len(text) + 1))
            else:
                reached = {after for place in reached for after in range(place, _segment_end(text, place) + 1)}
            if not reached:
                return False
        return len(text) in reached

    def ends_segment(self, index: int) -> bool:
        """Whether the wildcard at this place of `tokens` is the last character of a segment."""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else ":"
        return isinstance(following, str) and following.startswith(":")

    @cached_property
    def components(self) -> tuple[Glob, ...]:
        """The pattern split at the first five literal colons, as an ARN."""
        parts: list[list[Token]] = [[]]
        for token in self.tokens:
            if not isinstance(token, str):
                parts[-1].append(token)
                continue
            head, *tail = token.split(":", ARN_COMPONENTS - len(parts))
            parts[-1].append(head)
            parts += [[text] for text in tail]
        return tuple(Glob.join(part) for part in parts)


@lru_cache(maxsize=1 << 14)
def _glob(tokens: tuple[Token, ...]) -> Glob:
    """Return the same pattern for the same tokens: what it works out of them is then worked out once."""
    return Glob(tokens)


def _segment_end(text: str, place: int) -> int:
    end = text.find(":", place)
    return len(text) if end < 0 else end


def matches_resource(glob: Glob, resource: str) -> Truth:
    """Whether a `Resource` entry covers the resource.

    The Resource element lets `*` cross `/`, and `:` where it is the last character of a segment. Nothing is promised
    for a wildcard elsewhere in a segment: the exact reading lets it cross, and it is doubtful.
    """
    if not glob.matches(resource):
        return NO
    return YES if glob.matches_within_segments(resource) else DOUBTFUL


def matches_arn(glob: Glob, text: str) -> Truth:
    """Whether an ARN operator's value matches: each of the six components by itself.

    The sixth component is everything after the fifth colon. What happens to text that is no ARN is undocumented.
    """
    components = text.split(":", ARN_COMPONENTS - 1)
    patterns = glob.components
    if len(components) < ARN_COMPONENTS or len(patterns) < ARN_COMPONENTS:
        return UNDOCUMENTED
    return YES if all(p.matches(c) for p, c in zip(patterns, components, strict=True)) else NO
