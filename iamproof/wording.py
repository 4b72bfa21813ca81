"""Conditions as a reader says them: the key first, then what is asked of its values."""

from __future__ import annotations

import operator as compare
from typing import TYPE_CHECKING

from iamproof.conditions import condition_holds
from iamproof.matching import Wildcard
from iamproof.operators import Family, Quantifier, holds_text
from iamproof.principal import PrincipalKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof.goals import Test
    from iamproof.matching import Glob
    from iamproof.model import Condition
    from iamproof.principal import Principal

_ORDERS = {
    compare.lt: ("less than", "at least"),
    compare.le: ("at most", "more than"),
    compare.gt: ("more than", "at most"),
    compare.ge: ("at least", "less than"),
}
_DATES = {"less than": "before", "at least": "not before", "at most": "not after", "more than": "after"}
_QUANTIFIERS = {
    (Quantifier.ALL, True): "each of",
    (Quantifier.ANY, True): "one of",
    (Quantifier.ALL, False): "one of",
    (Quantifier.ANY, False): "each of",
}
"""Before a key with several values, by its quantifier and whether the test must hold."""


def in_words(test: Test, principal: Principal, *, missing: bool = True) -> str:
    """Return a test as a sentence, with what variables hold for the principal.

    Whether the key may be missing is said by the caller where not `missing`.
    """
    condition, operator = test.condition, test.condition.operator
    if operator.comparison.family is Family.NULL:
        absent = (condition.texts[0].lower() == "true") == test.wanted
        return f"{condition.key} is {'missing' if absent else 'there'}"
    of = _QUANTIFIERS.get((operator.quantifier, test.wanted), "")
    said = f"{of} {condition.key} {_asked(condition, _texts(condition, principal), wanted=test.wanted)}".strip()
    passes = condition_holds(condition, {}).exact is test.wanted
    return f"{said}, or {condition.key} is missing" if missing and passes else said


def listed(texts: tuple[str, ...] | list[str]) -> str:
    """Return texts as alternatives."""
    return " or ".join(repr(text) for text in texts)


def _asked(condition: Condition, texts: tuple[str, ...], *, wanted: bool) -> str:
    """Return what is asked of one value."""
    comparison = condition.operator.comparison
    holds = comparison.negated is not wanted
    if comparison.order in _ORDERS:
        than = _ORDERS[comparison.order][not wanted]
        than = _DATES[than] if comparison.family is Family.DATE else than
        return f"is {than} " + (" or " if wanted else " and ").join(map(repr, texts))
    verb = "like" if comparison.wildcards and any(letter in text for text in texts for letter in "*?") else ""
    verb = "in" if comparison.family is Family.ADDRESS else verb
    case = " in any case of its letters" if comparison.ignores_case else ""
    return " ".join(word for word in ("is" if holds else "is not", verb, listed(texts)) if word) + case


def _texts(condition: Condition, principal: Principal) -> tuple[str, ...]:
    """Return the values as they stand, the principal's own name and tags put in where variables stand for them."""
    if not holds_text(condition.operator.comparison.family):
        return condition.texts
    known = _known(principal)
    texts = []
    for text, template in zip(condition.texts, condition.values, strict=True):
        mine = all(variable.key.lower() in known for variable in template.variables)
        filled = template.resolve(known).exact if template.variables and mine else None
        texts.append(_written(filled) if filled is not None else text)
    return tuple(texts)


def _known(principal: Principal) -> Mapping[str, tuple[str, ...]]:
    known = {f"aws:principaltag/{tag.lower()}": (value,) for tag, value in principal.tags.items()}
    return {**known, "aws:username": (principal.name,)} if principal.kind is PrincipalKind.USER else known


def _written(glob: Glob) -> str:
    return "".join(token.value if isinstance(token, Wildcard) else token for token in glob.tokens)
