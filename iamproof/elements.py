"""A text of each class of the values of a context key, from the conditions on it and from what a query says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iamproof.cuts import cuts
from iamproof.facts import KeyType
from iamproof.matching import Glob
from iamproof.operators import Family, holds_text
from iamproof.partition import classes
from iamproof.shapes import (
    ANY_TEXT,
    EMPTY_TEXT,
    SIX_COMPONENTS,
    arn_shape,
    folded_shape,
    text_shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.model import Condition
    from iamproof.query import Texts, Values
    from iamproof.shapes import Shape
    from iamproof.variables import Context

_OF_TYPE = {
    KeyType.NUMERIC: Family.NUMERIC,
    KeyType.DATE: Family.DATE,
    KeyType.IP_ADDRESS: Family.ADDRESS,
}
_BOOLS = {KeyType.BOOL, KeyType.BOOLS}
_TRUTHS = ("false", "true")
_NO_NUMBER = "x"


class Elements(NamedTuple):
    """A text of each class; `complete` is false where a key is compared as text and as a number or the like."""

    texts: tuple[str, ...]
    complete: bool = True


def elements(
    conditions: Iterable[Condition],
    asked: tuple[Values, ...],
    context: Context,
    kind: KeyType | None,
    told: tuple[Glob, ...] = (),
) -> Elements:
    """Return the classes of a key's values; `kind` is its type where it is known, `told` are patterns to tell apart."""
    conditions = [each for each in conditions if each.operator.comparison.family is not Family.NULL]
    listed = _listed(asked)
    if listed is not None:
        return Elements(listed)
    if kind in _BOOLS:
        return Elements(_TRUTHS)
    families = {each.operator.comparison.family for each in conditions}
    measured = families & {Family.NUMERIC, Family.DATE, Family.ADDRESS}
    own = _OF_TYPE.get(kind) if kind else None
    asks_text = bool(told) or any(values.globs for values in asked)
    if not measured and own is None:
        return Elements(_texts(conditions, asked, context, told))
    cut = [
        text for family in sorted(measured | ({own} if own else set()), key=str) for text in _cuts(family, conditions)
    ]
    alone = len(measured | ({own} if own else set())) == 1 and families <= measured and not asks_text
    if alone:
        return Elements(tuple(cut if own else (*cut, _NO_NUMBER)))
    return Elements(tuple(dict.fromkeys((*cut, *_texts(conditions, asked, context, told)))), complete=False)


def _listed(asked: tuple[Values, ...]) -> tuple[str, ...] | None:
    """Return the texts that a query leaves, where it lists them."""
    lists = [texts for texts in (values.every.listed for values in asked) if texts is not None]
    if not lists:
        return None
    return tuple(text for text in lists[0] if all(text in values.every for values in asked))


def _cuts(family: Family, conditions: Iterable[Condition]) -> tuple[str, ...]:
    stated = [value for each in conditions if each.operator.comparison.family is family for value in each.values]
    return cuts(family, stated)


def _texts(
    conditions: Iterable[Condition], asked: tuple[Values, ...], context: Context, told: tuple[Glob, ...]
) -> tuple[str, ...]:
    shapes = {EMPTY_TEXT, *map(text_shape, told), *(shape for each in conditions for shape in _shapes(each, context))}
    shapes |= {text_shape(glob) for values in asked for glob in values.globs}
    within = tuple(_alternatives(values.every) for values in asked if values.every.like is not None)
    found = classes(frozenset(shapes), within or ((ANY_TEXT,),))
    return tuple(text for text in found if all(text in values.every for values in asked))


def _alternatives(texts: Texts) -> tuple[Shape, ...]:
    return tuple(map(text_shape, texts.like or ()))


def _shapes(condition: Condition, context: Context) -> Iterator[Shape]:
    """The patterns by which a condition tells texts apart, the variables in them filled in."""
    comparison = condition.operator.comparison
    if not holds_text(comparison.family):
        # Booleans are read without case.
        yield from (text_shape(Glob.join((text,))) for text in condition.texts)
        yield from (folded_shape(Glob.join((text,))) for text in _TRUTHS)
        return
    for template in condition.values:
        for glob in {each for each in template.resolve(context) if each is not None}:
            if comparison.family is Family.ARN:
                shape = arn_shape(glob)
                yield from (SIX_COMPONENTS,) if shape is None else (SIX_COMPONENTS, shape)
            else:
                yield folded_shape(glob) if comparison.ignores_case else text_shape(glob)
