"""What a sentence of *who can* says of a request: read anew, apart from the code that writes the sentences."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Values = tuple[str, ...]
_PART = re.compile(
    r"(?P<of>each of |one of )?(?P<key>\S+) is (?P<other>not )?(?P<like>like )?(?P<texts>'.*')"
    r"(?P<folded> in any case of its letters)?"
)
_ABSENT = re.compile(r"(?:without (?P<key>\S+)|(?P<same>\S+) is missing)")
_THERE = re.compile(r"(?P<key>\S+) is there")


def holds(sentence: str, carried: Mapping[str, Values]) -> bool:
    """Whether a sentence is true of a request that carries these keys; ValueError for a sentence of another form."""
    absent, there = _ABSENT.fullmatch(sentence), _THERE.fullmatch(sentence)
    if absent:
        return not carried.get(absent["key"] or absent["same"])
    if there:
        return bool(carried.get(there["key"]))
    rest, missing = re.subn(r", or (\S+ is )?missing$", "", sentence)
    rest, present = re.subn(r", and is there$", "", rest)
    parts = [_PART.fullmatch(part) for part in rest.split("; ")]
    found = [part for part in parts if part]
    if len(found) != len(parts):
        raise ValueError(f"{sentence!r} cannot be read")
    values = carried.get(found[0]["key"], ())
    if not values:
        # "K is not 'a'" is true of a request without K; of several values nothing is said so.
        bare = all(part["other"] and not part["of"] for part in found)
        return bool(missing) or (bare and not present)
    return all(_says(part, values) for part in found)


def _says(part: re.Match[str], values: Values) -> bool:
    of_each = (_matches(part, value) is not bool(part["other"]) for value in values)
    return any(of_each) if part["of"] == "one of " else all(of_each)


def _matches(part: re.Match[str], value: str) -> bool:
    texts = part["texts"][1:-1].split("' or '")
    if part["folded"]:
        value, texts = value.lower(), [text.lower() for text in texts]
    return any(fnmatch.fnmatchcase(value, text) if part["like"] else value == text for text in texts)
