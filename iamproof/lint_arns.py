"""Whether a Resource entry can cover an ARN of a resource type's form.

Anything that a policy variable may stand for counts, so that "cannot" is certain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof.arns import COMPONENTS
from iamproof.matching import Wildcard
from iamproof.variables import Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.facts import ArnFormat
    from iamproof.variables import Template


class _Step(NamedTuple):
    """One character of a pattern, or any number of them: a literal, or every character that `form` matches."""

    literal: str | None
    form: re.Pattern[str]
    many: bool = False


_ANY = re.compile(r".", re.DOTALL)
_NO_COLON = re.compile(r"[^:]")
_NO_SLASH = re.compile(r"[^/]")
_FORMS = {
    "Partition": re.compile(r"[a-z-]"),
    "Region": re.compile(r"[a-z0-9-]"),
    # Twelve digits, or a name such as aws for what AWS owns.
    "Account": re.compile(r"[0-9a-z-]"),
}
_PLACEHOLDER = re.compile(r"\$\{(?P<name>\w+)\}|(?P<star>\*)")


def may_cover(template: Template, arn: ArnFormat) -> bool:
    """Whether some ARN of the format is one that the Resource entry matches, whatever its variables hold."""
    return _overlap(_policy_steps(template), _format_steps(arn))


@lru_cache(maxsize=4096)
def _policy_steps(template: Template) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    for part in template.parts:
        if isinstance(part, str):
            steps += (_Step(character, _ANY) for character in part)
        else:
            steps.append(_Step(None, _ANY, many=isinstance(part, Variable) or part is Wildcard.MANY))
    return tuple(steps)


@lru_cache(maxsize=4096)
def _format_steps(arn: ArnFormat) -> tuple[_Step, ...]:
    components = arn.text.split(":", COMPONENTS - 1)
    steps: list[_Step] = []
    for index, component in enumerate(components):
        if index:
            steps.append(_Step(":", _ANY))
        steps += _component(component, arn, last=index == COMPONENTS - 1)
    return tuple(steps)


def _component(text: str, arn: ArnFormat, *, last: bool) -> Iterator[_Step]:
    position = 0
    for found in _PLACEHOLDER.finditer(text):
        yield from (_Step(character, _ANY) for character in text[position : found.start()])
        position = found.end()
        form = _NO_COLON if not last else _NO_SLASH if found["name"] in arn.slashless else _ANY
        form = _FORMS.get(found["name"], form) if not last else form
        if not found["star"]:
            yield _Step(None, form)
        yield _Step(None, form, many=True)
    yield from (_Step(character, _ANY) for character in text[position:])


def _fit(one: _Step, other: _Step) -> bool:
    if one.literal is not None and other.literal is not None:
        return one.literal == other.literal
    if one.literal is not None:
        return bool(other.form.match(one.literal))
    return other.literal is None or bool(one.form.match(other.literal))


@lru_cache(maxsize=65536)
def _overlap(left: tuple[_Step, ...], right: tuple[_Step, ...]) -> bool:
    """Whether some text matches both."""
    pending, seen = [(0, 0)], {(0, 0)}
    while pending:
        i, j = pending.pop()
        one = left[i] if i < len(left) else None
        other = right[j] if j < len(right) else None
        if one is None and other is None:
            return True
        following = []
        if one and one.many:
            following.append((i + 1, j))
        if other and other.many:
            following.append((i, j + 1))
        if one and other and _fit(one, other):
            following.append((i if one.many else i + 1, j if other.many else j + 1))
        pending += (place for place in following if place not in seen)
        seen.update(following)
    return False
