"""Whether a condition holds.

Source: IAM User Guide, "Condition operators" and "Single-valued vs. multivalued context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof.matching import matches_arn
from iamproof.operators import Family, Operator, Quantifier, holds_text, read_value, satisfies
from iamproof.truth import DOUBTFUL, NO, UNDOCUMENTED, YES, Truth, all_of, any_of

if TYPE_CHECKING:
    from iamproof.matching import Glob
    from iamproof.model import Condition
    from iamproof.operators import Comparison
    from iamproof.variables import Context, Template


def condition_holds(condition: Condition, context: Context) -> Truth:
    """Return whether the request's values satisfy the condition.

    Several policy values are alternatives; for a negated operator none of them may match.
    """
    operator = condition.operator
    values = context.get(condition.name, ())
    if operator.comparison.family is Family.NULL:
        return YES if (not values) in condition.values else NO
    if not values:
        return _missing(operator)
    outcomes = [value_satisfies(condition, value, context) for value in values]
    holds = over_values(operator, all_of(outcomes), any_of(outcomes))
    quantified = operator.quantifier is not Quantifier.SINGLE
    return _with_empty_text(operator, holds) if quantified and not any(values) else holds


def over_values(operator: Operator, every: Truth, some: Truth) -> Truth:
    """Return the outcome for several values: `every` is that all of them satisfy, `some` that one of them does."""
    if operator.quantifier is Quantifier.SINGLE:
        return _without_quantifier(operator, every, some)
    return every if operator.quantifier is Quantifier.ALL else some


def _missing(operator: Operator) -> Truth:
    if operator.quantifier is Quantifier.ANY:
        # IfExists says true where the key is missing and ForAnyValue says false: documentation contradicts itself.
        return DOUBTFUL if operator.if_exists else NO
    if operator.quantifier is Quantifier.ALL or operator.if_exists or operator.comparison.negated:
        return YES
    return NO


def _without_quantifier(operator: Operator, every: Truth, some: Truth) -> Truth:
    """Return the outcome for an operator that is meant for one value.

    AWS says to use ForAllValues or ForAnyValue where there may be several. The exact reading takes any value for a
    match, so that a negated operator stays the contrary of the plain one.
    """
    exact = every.exact if operator.comparison.negated else some.exact
    return Truth(low=every.low, exact=exact, high=some.high)


def _with_empty_text(operator: Operator, holds: Truth) -> Truth:
    """Return the outcome for values that are all empty text, which AWS calls a null data set."""
    absent = operator.quantifier is Quantifier.ALL
    return Truth(low=holds.low and absent, exact=absent, high=holds.high or absent)


def value_satisfies(condition: Condition, value: str, context: Context) -> Truth:
    """Return whether one value of the key satisfies the condition, whatever the other values are."""
    comparison = condition.operator.comparison
    if holds_text(comparison.family):
        matched = any_of(_text_matches(comparison, template, value, context) for template in condition.values)
    else:
        requested = read_value(comparison.family, value)
        if requested is None:
            matched = UNDOCUMENTED
        else:
            found = any(satisfies(comparison, requested, stated) for stated in condition.values)
            matched = YES if found else NO
    return matched.negated() if comparison.negated else matched


def _text_matches(comparison: Comparison, template: Template, value: str, context: Context) -> Truth:
    exact, wide = template.resolve(context)
    if wide is None:
        return NO
    broad = _glob_matches(comparison, wide, value)
    if exact is wide:
        return broad
    narrow = NO if exact is None else _glob_matches(comparison, exact, value)
    return Truth(narrow.low, narrow.exact, narrow.high or broad.high)


def _glob_matches(comparison: Comparison, glob: Glob, value: str) -> Truth:
    if comparison.family is Family.ARN:
        return matches_arn(glob, value)
    if comparison.ignores_case:
        return YES if glob.lowered.matches(value.lower()) else NO
    return YES if glob.matches(value) else NO
