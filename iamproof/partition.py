"""The classes into which patterns cut all texts, with a shortest text of each.

All patterns run at once, as one automaton whose states are sets of places in the patterns, kept as the bits of one
number. Of characters only those are told apart that some pattern tells apart. A breadth-first search over the states
that can be reached therefore meets every combination of patterns that some text matches, and the shortest text of it
first. The search ends because there are finitely many states; their number is bounded by `MOST_STATES`.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from iamproof.shapes import ANY_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.shapes import Chars, Shape, Step

Within = tuple[tuple["Shape", ...], ...]
"""Groups of shapes; a text is within when it matches one of each group."""

MOST_STATES = 100_000
_READABLE = "xabcdefghijklmnopqrstuvwyz9012345678-_/:. "
_RANKS = {character: rank for rank, character in enumerate(_READABLE)}


class TooManyClassesError(Exception):
    """The patterns of one attribute cut its values into more classes than can be listed."""


@lru_cache(maxsize=4096)
def classes(shapes: frozenset[Shape], within: Within = ((ANY_TEXT,),)) -> tuple[str, ...]:
    """Return a shortest text of each class of the texts that are within: no shape tells texts of one class apart.

    Shorter texts first. TooManyClassesError where the automaton has more than `MOST_STATES` states.
    """
    return tuple(_Automaton(tuple(shapes), within).witnesses())


class _Group(NamedTuple):
    """Shapes of which a text has to match one: the bits of their places, of their last ones, and which to forget.

    Once a place of `ends` is reached, whatever follows matches, and the other places say nothing more: `kept` stands
    for all of them.
    """

    places: int
    final: int
    ends: int
    kept: int


@lru_cache(maxsize=1 << 14)
def _places(shape: Shape) -> tuple[int, dict[Chars, tuple[int, int]]]:
    """Return the places of a shape that are taken any number of times, and for each set of characters its places.

    Those at which one of them is taken once, and those of any number.
    """
    many = 0
    found: dict[Chars, tuple[int, int]] = {}
    for index, step in enumerate(shape):
        once, loop = found.get(step.chars, (0, 0))
        bit = 1 << index
        found[step.chars] = (once, loop | bit) if step.many else (once | bit, loop)
        many |= bit if step.many else 0
    return many, found


class _Automaton:
    """Several shapes side by side: one bit for each place in each of them."""

    def __init__(self, shapes: tuple[Shape, ...], within: Within) -> None:
        self._start = self._final = self._many = 0
        self._places: dict[Chars, tuple[int, int]] = {}
        self._size = 0
        for shape in shapes:
            self._add(shape)
        self._told = self._final
        self._twins: dict[int, int] = {}
        self._groups = [self._group(group) for group in within]
        self._doubled = sum(self._twins)
        self._other = ("", 0, 0)
        self._letters = self._alphabet()

    def _add(self, shape: Shape) -> None:
        first, (many, places) = self._size, _places(shape)
        self._start |= 1 << first
        self._many |= many << first
        for chars, (once, loop) in places.items():
            known = self._places.get(chars, (0, 0))
            self._places[chars] = (known[0] | once << first, known[1] | loop << first)
        self._size += len(shape) + 1
        self._final |= 1 << (self._size - 1)

    def _group(self, shapes: tuple[Shape, ...]) -> _Group:
        """Add the shapes of a group. Places behind which the same is left to match are twins: one stands for all."""
        first, final = self._size, self._final
        ends = kept = 0
        known: dict[tuple[int, Step], int] = {}
        places: dict[int, int] = {}
        steps = {step.chars for shape in shapes for step in shape}
        for shape in shapes:
            # What is left behind a place has a number: that of what is left behind the next place, and the step to it.
            bit, left = 1 << (self._size + len(shape)), 0
            for step in (None, *reversed(shape)):
                if step is not None:
                    bit, left = bit >> 1, known.setdefault((left, step), len(known) + 1)
                twin = places.setdefault(left, bit)
                if twin != bit:
                    self._twins[bit] = twin
            if shape and shape[-1].many and all(each <= shape[-1].chars for each in steps):
                end = 1 << (self._size + len(shape) - 1)
                ends |= end
                kept = kept or end | end << 1
            self._add(shape)
        return _Group((1 << self._size) - (1 << first), self._final & ~final, ends, kept)

    def _reduced(self, state: int) -> int:
        """Return the state without places that say nothing more than others do."""
        for group in self._groups:
            if state & group.ends:
                state = state & ~group.places | group.kept
        doubled = state & self._doubled
        while doubled:
            bit = doubled & -doubled
            state, doubled = state & ~bit | self._twins[bit], doubled & ~bit
        return state

    def _alphabet(self) -> list[tuple[str, int, int, int]]:
        """Return one character of each kind, with the places at which it is taken once and any number of times.

        `_other` is one that no pattern lists. Where another one is taken differs from that at the places whose
        characters list it, which come last, since a place takes what it lists or all but that.
        """
        listed: dict[str, list[int]] = {}
        single = loop = 0
        for chars, (once, many) in self._places.items():
            if chars.others:
                single, loop = single | once, loop | many
            for character in chars.listed:
                turned = listed.setdefault(character, [0, 0])
                turned[0] |= once
                turned[1] |= many
        other = next(c for c in chain(_READABLE, map(chr, range(0x3B1, 0x10000))) if c not in listed)
        letters: dict[tuple[int, int], str] = {}
        for character in sorted(listed, key=lambda c: (_RANKS.get(c, len(_RANKS)), c)):
            once, many = listed[character]
            letters.setdefault((single ^ once, loop ^ many), character)
        self._other = (letters.pop((single, loop), other), single, loop)
        return [(character, once, many, (once ^ single) | (many ^ loop)) for (once, many), character in letters.items()]

    def _closed(self, state: int) -> int:
        """Add the places behind steps that may be taken no times."""
        while True:
            wider = state | (state & self._many) << 1
            if wider == state:
                return state
            state = wider

    def witnesses(self) -> Iterable[str]:
        start = self._reduced(self._closed(self._start))
        came: dict[int, tuple[int, str]] = {start: (-1, "")}
        queue, met = deque([start]), set()
        while queue:
            state = queue.popleft()
            told = state & self._told
            if told not in met and all(state & group.final for group in self._groups):
                met.add(told)
                yield self._text(state, came)
            for following, character in self._following(state).items():
                if following not in came and all(following & group.places for group in self._groups):
                    came[following] = (state, character)
                    queue.append(following)
            if len(came) > MOST_STATES:
                raise TooManyClassesError

    def _following(self, state: int) -> dict[int, str]:
        """Return the states that one more character leads to, with a character that does."""
        character, single, loop = self._other
        found = {self._reduced(self._closed((state & single) << 1 | state & loop)): character}
        for letter, once, many, differing in self._letters:
            if state & differing:
                following = self._reduced(self._closed((state & once) << 1 | state & many))
                found.setdefault(following, letter)
        return found

    def _text(self, state: int, came: dict[int, tuple[int, str]]) -> str:
        letters: list[str] = []
        while state >= 0:
            state, letter = came[state]
            letters.append(self._plain(letter, state))
        return "".join(reversed(letters))

    def _plain(self, letter: str, state: int) -> str:
        """Return the most readable character that leads on from a state as this one does."""
        if letter != self._other[0]:
            return letter
        alike = [each for each, _, _, differing in self._letters if not state & differing]
        return min((letter, *alike), key=lambda each: _RANKS.get(each, len(_RANKS)))
