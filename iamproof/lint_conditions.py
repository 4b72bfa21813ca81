"""Conditions that never or always hold, and operators that do not fit their key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.facts import KeyType
from iamproof.facts.query import hint, nearest_keys
from iamproof.lint_scope import Finding, consequence, holds_without_key, listed
from iamproof.operators import Family, Quantifier
from iamproof.variables import Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.facts import KeyFacts
    from iamproof.lint_scope import Scope
    from iamproof.model import Condition

_UNFIT = {
    Family.NUMERIC: {KeyType.ARN, KeyType.BOOL, KeyType.IP_ADDRESS},
    Family.DATE: {KeyType.ARN, KeyType.BOOL, KeyType.IP_ADDRESS},
    Family.BOOL: {KeyType.ARN, KeyType.NUMERIC, KeyType.DATE, KeyType.IP_ADDRESS},
    Family.ADDRESS: {KeyType.ARN, KeyType.BOOL, KeyType.NUMERIC, KeyType.DATE},
    Family.ARN: {KeyType.BOOL, KeyType.NUMERIC, KeyType.DATE, KeyType.IP_ADDRESS},
}
"""Key types whose values an operator family cannot read."""


def condition_findings(scope: Scope) -> Iterator[Finding]:
    """Yield what is wrong with the conditions of a statement, and with the variables in it."""
    for condition in scope.statement.conditions:
        key = facts.condition_key(condition.key)
        if key is None:
            yield from _unknown(scope, condition)
            continue
        yield from _not_of_principal(scope, condition, key)
        yield from _not_carried(scope, condition)
        yield from _operator(scope, condition, key)
    yield from _null_beside_a_test(scope)
    yield from _all_of_none(scope)
    yield from _variables(scope)


def _is_provider_key(name: str) -> bool:
    """Whether a key may be a claim of an identity provider, whose prefix is a domain name."""
    return "." in name.partition(":")[0]


def _unknown(scope: Scope, condition: Condition) -> Iterator[Finding]:
    if _is_provider_key(condition.key):
        return
    what = f"no condition key {condition.key!r} is known, so no request carries it and"
    then = consequence(scope, holds=holds_without_key(condition))
    near = hint(nearest_keys(condition.key))
    yield Finding("no-such-key", scope.condition_path(condition), f"{what} {then}{near}")


def _not_of_principal(scope: Scope, condition: Condition, key: KeyFacts) -> Iterator[Finding]:
    if not _lacking(scope, key):
        return
    then = consequence(scope, holds=holds_without_key(condition))
    text = f"{_lack(scope, condition.key, key)}, so {then}: use a key that they carry, such as {_instead(key)}"
    yield Finding("key-not-of-principal", scope.condition_path(condition), text)


def _lacking(scope: Scope, key: KeyFacts) -> bool:
    """Whether no principal of the document carries the key."""
    return bool(key.principals) and not {kind.value for kind in scope.principals} & set(key.principals)


def _lack(scope: Scope, name: str, key: KeyFacts) -> str:
    kinds = " or ".join(sorted(kind.value for kind in scope.principals))
    return f"{name} is there only for {' and '.join(key.principals)}, never for {kinds}"


def _instead(key: KeyFacts) -> str:
    return "aws:PrincipalTag/…" if key.name == "aws:username" else "aws:PrincipalArn"


def _not_carried(scope: Scope, condition: Condition) -> Iterator[Finding]:
    if scope.unbounded:
        return
    judged = [entry for entry in scope.entries if entry.certain]
    without = [entry for entry in judged if not any(facts.carries(it.name, condition.key) for it in entry.certain)]
    if not without:
        return
    holds = holds_without_key(condition)
    path = scope.condition_path(condition)
    if len(without) == len(scope.entries):
        text = f"no action of this statement carries {condition.key}, so {consequence(scope, holds=holds)}"
        yield Finding("key-never-carried", path, f"{text}: name actions that carry it, or drop the condition")
        return
    if scope.denies and condition.operator.comparison.family is Family.NULL and holds:
        # Asking for the absence of the key covers these actions on purpose.
        return
    names = [entry.text for entry in without]
    carry, it, its = ("carries", "it", "its") if len(names) == 1 else ("carry", "them", "their")
    text = f"{listed(names)} never {carry} {condition.key}, so for {it} {consequence(scope, holds=holds)}"
    yield Finding("key-not-carried", path, f"{text}: write a statement of {its} own for {it}")


def _operator(scope: Scope, condition: Condition, key: KeyFacts) -> Iterator[Finding]:
    operator, path = condition.operator, scope.condition_path(condition)
    family = operator.comparison.family
    if family is Family.NULL:
        return
    if operator.quantifier is not Quantifier.SINGLE and not key.type.multi_valued:
        missing = "holds when the key is missing" if holds_without_key(condition) else "fails when the key is missing"
        text = f"{condition.key} has one value, and {operator.quantifier.value} is for several; it {missing}"
        plain = operator.text.partition(":")[2]
        yield Finding("set-operator-on-single-valued-key", path, f"{text}: write {plain}")
    if operator.quantifier is Quantifier.SINGLE and key.type.multi_valued:
        text = f"{condition.key} may have several values, for which {operator.text} is not defined"
        instead = f"ForAnyValue:{operator.text} or ForAllValues:{operator.text}"
        yield Finding("multi-valued-key-without-set-operator", path, f"{text}: write {instead}")
    if key.type in _UNFIT.get(family, ()):
        text = f"{operator.text} reads {family.value}, and {condition.key} is of type {key.type.value}"
        yield Finding("operator-of-another-type", path, f"{text}: use an operator of that type")


def _null_beside_a_test(scope: Scope) -> Iterator[Finding]:
    """Yield Null tests that contradict another test of the key, or that spare requests without it from a Deny."""
    conditions = scope.statement.conditions
    for condition in (c for c in conditions if c.operator.comparison.family is Family.NULL):
        others = [c for c in conditions if c is not condition and c.name == condition.name]
        path = scope.condition_path(condition)
        strict = [other for other in others if not holds_without_key(other)]
        if True in condition.values and False not in condition.values and strict:
            text = f"Null asks that {condition.key} is missing and {strict[0].operator.text} fails without it"
            yield Finding("never-matches", path, f"{text}: write two statements")
        elif scope.denies and True not in condition.values and others:
            yield Finding("null-guard", path, _spared(condition, others[0]))


def _spared(guard: Condition, other: Condition) -> str:
    """Say what Null false lets through a Deny."""
    name, key = other.operator.text, guard.key
    apart = f"deny Null {key} true in a statement of its own"
    if holds_without_key(other):
        why = f"Null false spares it, and {name} alone would deny it; drop Null, or {apart}"
    elif other.operator.quantifier is Quantifier.ANY:
        why = f"Null false and {name} both fail on it; drop Null, and {apart}"
    else:
        why = f"Null false and {name} both fail on it; write {name}IfExists without Null, or {apart}"
    return f"a request without {key} is not denied: {why}"


def _all_of_none(scope: Scope) -> Iterator[Finding]:
    """Yield ForAllValues in an Allow that does not ask for the key: it holds for a request without the key."""
    if scope.denies:
        return
    present = {
        condition.name
        for condition in scope.statement.conditions
        if condition.operator.comparison.family is Family.NULL and True not in condition.values
    }
    for condition in scope.statement.conditions:
        if condition.operator.quantifier is Quantifier.ALL and condition.name not in present:
            text = f"a request without {condition.key} is allowed, since {condition.operator.text} holds on no value"
            rest = f"add Null {condition.key} false, or say why that is meant"
            yield Finding("for-all-values-of-missing-key", scope.condition_path(condition), f"{text}: {rest}")


def _variables(scope: Scope) -> Iterator[Finding]:
    statement = scope.statement
    element = f"{scope.path}.{'NotResource' if statement.not_resources else 'Resource'}"
    places = [(element, pattern.template) for pattern in statement.resources or ()]
    for condition in statement.conditions:
        templates = (value for value in condition.values if isinstance(value, Template))
        places += ((scope.condition_path(condition), template) for template in templates)
    seen: set[tuple[str, str]] = set()
    for path, template in places:
        for variable in template.variables:
            if variable.default is None and (path, variable.key) not in seen:
                seen.add((path, variable.key))
                yield from _variable(scope, path, variable.key)


def _variable(scope: Scope, path: str, name: str) -> Iterator[Finding]:
    key = facts.condition_key(name)
    empty = "what holds it matches nothing, and a negated operator on it always holds"
    if key is None:
        if not _is_provider_key(name):
            text = f"${{{name}}}: no such key is known, so {empty}{hint(nearest_keys(name))}"
            yield Finding("variable-without-value", path, text)
    elif _lacking(scope, key):
        text = f"${{{name}}} has no value: {_lack(scope, name, key)}, so {empty}: write ${{{_instead(key)}}}"
        yield Finding("variable-without-value", path, text)
    elif key.type.multi_valued:
        text = f"${{{name}}} has no value, since {name} may have several, so {empty}: use a key with one value"
        yield Finding("variable-without-value", path, text)
