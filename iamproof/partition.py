"""The classes into which patterns cut all texts, with a shortest text of each.

All patterns run at once, as one automaton whose states are sets of places in the patterns, kept as the bits of one
number. Of characters only those are told apart that some pattern tells apart. A breadth-first search over the states
that can be reached therefore meets every combination of patterns that some text matches, and the shortest text of it
first. The search ends because there are finitely many states; their number is bounded by `MOST_STATES`.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

from iamproof.shapes import ANY_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.shapes import Chars, Shape

Within = tuple[tuple["Shape", ...], ...]
"""Groups of shapes; a text is within when it matches one of each group."""

MOST_STATES = 100_000
_READABLE = "xabcdefghijklmnopqrstuvwyz9012345678-_/:. "


class TooManyClassesError(Exception):
    """The patterns of one attribute cut its values into more classes than can be listed."""


@lru_cache(maxsize=4096)
def classes(shapes: frozenset[Shape], within: Within = ((ANY_TEXT,),)) -> tuple[str, ...]:
    """Return a shortest text of each class of the texts that are within: no shape tells texts of one class apart.

    Shorter texts first. TooManyClassesError where the automaton has more than `MOST_STATES` states.
    """
    return tuple(_Automaton(tuple(shapes), within).witnesses())


class _Automaton:
    """Several shapes side by side: one bit for each place in each of them."""

    def __init__(self, shapes: tuple[Shape, ...], within: Within) -> None:
        self._start = self._final = self._many = 0
        self._places: dict[Chars, tuple[int, int]] = {}
        self._size = 0
        for shape in shapes:
            self._add(shape)
        self._told = self._final
        self._groups = [self._group(group) for group in within]
        self._letters = self._alphabet()

    def _add(self, shape: Shape) -> None:
        self._start |= 1 << self._size
        for place, step in enumerate(shape, self._size):
            single, loop = self._places.get(step.chars, (0, 0))
            bit = 1 << place
            self._places[step.chars] = (single, loop | bit) if step.many else (single | bit, loop)
            self._many |= bit if step.many else 0
        self._size += len(shape) + 1
        self._final |= 1 << (self._size - 1)

    def _group(self, shapes: Iterable[Shape]) -> tuple[int, int]:
        """Return the places of the group's shapes and their last places."""
        first, final = self._size, self._final
        for shape in shapes:
            self._add(shape)
        return (1 << self._size) - (1 << first), self._final & ~final

    def _alphabet(self) -> list[tuple[str, int, int]]:
        """Return one character of each kind with the places at which it is taken once, and any number of times."""
        listed = {character for chars in self._places for character in chars.listed}
        other = next(c for c in (*_READABLE, *map(chr, range(0x3B1, 0x10000))) if c not in listed)
        ranks = {character: rank for rank, character in enumerate(_READABLE)}
        letters: dict[tuple[int, int], str] = {}
        for character in sorted({*listed, other}, key=lambda c: (ranks.get(c, 999), c)):
            single = loop = 0
            for chars, (once, many) in self._places.items():
                if character in chars:
                    single |= once
                    loop |= many
            letters.setdefault((single, loop), character)
        return [(character, *masks) for masks, character in letters.items()]

    def _closed(self, state: int) -> int:
        """Add the places behind steps that may be taken no times."""
        while True:
            wider = state | (state & self._many) << 1
            if wider == state:
                return state
            state = wider

    def witnesses(self) -> Iterable[str]:
        start = self._closed(self._start)
        came: dict[int, tuple[int, str]] = {start: (-1, "")}
        queue, met = deque([start]), set()
        while queue:
            state = queue.popleft()
            told = state & self._told
            if told not in met and all(state & final for _, final in self._groups):
                met.add(told)
                yield self._text(state, came)
            for following, character in self._following(state).items():
                if following not in came and all(following & places for places, _ in self._groups):
                    came[following] = (state, character)
                    queue.append(following)
            if len(came) > MOST_STATES:
                raise TooManyClassesError

    def _following(self, state: int) -> dict[int, str]:
        moves: dict[tuple[int, int], str] = {}
        for character, single, loop in self._letters:
            moves.setdefault((state & single, state & loop), character)
        found: dict[int, str] = {}
        for (single, loop), character in moves.items():
            found.setdefault(self._closed(single << 1 | loop), character)
        return found

    @staticmethod
    def _text(state: int, came: dict[int, tuple[int, str]]) -> str:
        letters = []
        while state >= 0:
            state, letter = came[state]
            letters.append(letter)
        return "".join(reversed(letters))
