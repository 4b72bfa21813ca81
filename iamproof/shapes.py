"""Patterns as small automata: a sequence of steps, each a set of characters, taken once or any number of times.

A shape accepts exactly the texts that the matcher of the same name accepts (`Glob.matches`,
`Glob.matches_within_segments`, `matches_arn`, lint's ARN formats); `partition` runs many of them at once.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof.arns import COMPONENTS
from iamproof.matching import Wildcard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.facts import ArnFormat
    from iamproof.matching import Glob


@dataclass(frozen=True, eq=False)
class Chars:
    """A set of characters: those listed, or, with `others`, all but those. Made by `_chars`, each set once."""

    listed: frozenset[str]
    others: bool = False

    def __contains__(self, character: str) -> bool:
        return (character in self.listed) is not self.others

    def __le__(self, other: Chars) -> bool:
        """Whether every character of this set is in the other."""
        if self.others:
            return other.others and self.listed >= other.listed
        return self.listed.isdisjoint(other.listed) if other.others else self.listed <= other.listed


class Step(NamedTuple):
    """One character of a set, or with `many` any number of them."""

    chars: Chars
    many: bool = False


Shape = tuple[Step, ...]


@cache
def _chars(listed: frozenset[str], *, others: bool = False) -> Chars:
    return Chars(listed, others)


ANY = _chars(frozenset(), others=True)
NO_COLON = _chars(frozenset(":"), others=True)
_NO_SLASH = _chars(frozenset("/"), others=True)
_PATH = _chars(frozenset("*?"), others=True)
_NAME = _chars(frozenset("*?/"), others=True)
_DIGIT = _chars(frozenset(string.digits))
_LOWER = _chars(frozenset(string.ascii_lowercase + "-"))
_REGION = _chars(frozenset(string.ascii_lowercase + string.digits + "-"))
_PLACEHOLDER = re.compile(r"\$\{(?P<name>\w+)\}|(?P<star>\*)")


@lru_cache(maxsize=4096)
def _one(character: str) -> Chars:
    return _chars(frozenset(character))


@lru_cache(maxsize=4096)
def _either_case(character: str) -> Chars:
    return _chars(frozenset({character, character.upper()}) if len(character.upper()) == 1 else frozenset(character))


def literal(text: str) -> Shape:
    """Return the shape of exactly this text."""
    return tuple(Step(_one(character)) for character in text)


@lru_cache(maxsize=16384)
def text_shape(glob: Glob) -> Shape:
    """Return what `Glob.matches` accepts."""
    return tuple(_steps(glob, ANY))


@lru_cache(maxsize=4096)
def folded_shape(glob: Glob) -> Shape:
    """Return what the glob in small letters accepts of a text in small letters."""
    steps: list[Step] = []
    for token in glob.lowered.tokens:
        if isinstance(token, str):
            steps += (Step(_either_case(character)) for character in token)
        else:
            steps.append(Step(ANY, many=token is Wildcard.MANY))
    return tuple(steps)


@lru_cache(maxsize=16384)
def segment_shape(glob: Glob) -> Shape:
    """Return what `Glob.matches_within_segments` accepts."""
    steps: list[Step] = []
    for index, token in enumerate(glob.tokens):
        if isinstance(token, str):
            steps += literal(token)
        elif token is Wildcard.ONE:
            steps.append(Step(NO_COLON))
        else:
            steps.append(Step(ANY if glob.ends_segment(index) else NO_COLON, many=True))
    return tuple(steps)


@lru_cache(maxsize=4096)
def arn_shape(glob: Glob) -> Shape | None:
    """Return what an ARN operator accepts; None for a pattern with fewer than six components."""
    components = glob.components
    if len(components) < COMPONENTS:
        return None
    steps: list[Step] = []
    for index, component in enumerate(components):
        if index:
            steps += literal(":")
        steps += _steps(component, NO_COLON if index < COMPONENTS - 1 else ANY)
    return tuple(steps)


_COMPONENT = (Step(NO_COLON, many=True), Step(_one(":")))
SIX_COMPONENTS: Shape = _COMPONENT * (COMPONENTS - 1) + (Step(ANY, many=True),)
"""Accepts texts with at least five colons; the sixth component may hold more of them."""
ANY_TEXT: Shape = (Step(ANY, many=True),)
EMPTY_TEXT: Shape = ()


def _steps(glob: Glob, wildcard: Chars) -> Iterator[Step]:
    for token in glob.tokens:
        if isinstance(token, str):
            yield from literal(token)
        else:
            yield Step(wildcard, many=token is Wildcard.MANY)


@lru_cache(maxsize=16384)
def format_shapes(arn: ArnFormat) -> tuple[Shape, ...]:
    """Return the ARNs of a resource type's form: one shape for an account's own, one for what AWS owns.

    A placeholder stands where it may for any account or service, whatever it is called: `${AccountId}`, `${Vendor}`.
    """
    components = arn.text.split(":", COMPONENTS - 1)
    accounts = (_ACCOUNT, _OWNER) if components[4].startswith(_OPEN) else (literal(components[4]),)
    service = _region(components[2]) if components[2].startswith(_OPEN) else literal(components[2])
    head = (literal("arn:aws"), (Step(_LOWER, many=True),), literal(":"), service, literal(":"))
    last = tuple(_last(components[5], arn))
    return tuple(
        sum((*head, _region(components[3]), literal(":"), account, literal(":"), last), ()) for account in accounts
    )


_ACCOUNT: Shape = (Step(_DIGIT),) * 12
_OWNER: Shape = literal("aws")


_OPEN = ("$", "*")


def _region(text: str) -> Shape:
    return (Step(_REGION), Step(_REGION, many=True)) if text.startswith(_OPEN) else literal(text)


def _last(text: str, arn: ArnFormat) -> Iterator[Step]:
    """Placeholders of the sixth component stand for one character or more, without a wildcard in it."""
    position = 0
    for found in _PLACEHOLDER.finditer(text):
        yield from literal(text[position : found.start()])
        position = found.end()
        chars = _NAME if found["name"] in arn.slashless else _PATH
        if not found["star"]:
            yield Step(chars)
        yield Step(chars, many=True)
    yield from literal(text[position:])


def _generic(account: Shape) -> Shape:
    head = (*literal("arn:aws"), Step(_LOWER, many=True), *literal(":"), Step(_REGION), Step(_REGION, many=True))
    region = (*literal(":"), Step(_REGION, many=True), *literal(":"))
    return (*head, *region, *account, *literal(":"), Step(_PATH), Step(_PATH, many=True))


GENERIC_ARNS = tuple(map(_generic, (_ACCOUNT, _OWNER, ())))
"""Any ARN: for actions whose resources are not known."""


def identity_shape(kind: str) -> Shape:
    """Return the ARNs of all roles, users, federated users or roots of every account of the aws partition."""
    if kind == "root":
        return (*literal("arn:aws:iam::"), *_ACCOUNT, *literal(":root"))
    service, chars = ("sts", _NAME) if kind == "federated-user" else ("iam", _PATH)
    return (*literal(f"arn:aws:{service}::"), *_ACCOUNT, *literal(f":{kind}/"), Step(chars), Step(chars, many=True))
