"""Reading the Condition element.

Source: IAM User Guide, "IAM JSON policy elements: Condition".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iamproof.arns import arn_problem
from iamproof.model import Condition
from iamproof.operators import Family, Operator, holds_text, parse_operator, read_value
from iamproof.reader import shown
from iamproof.variables import CONDITION_KEY, parse_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof.reader import Problems

_JSON_TYPES: Mapping[Family, tuple[type, ...]] = {
    Family.NUMERIC: (int, float),
    Family.DATE: (int,),
    Family.BOOL: (bool,),
    Family.NULL: (bool,),
}
"""JSON types, besides strings, in which a family's values may be written."""


def parse_conditions(value: Any, path: str, problems: Problems, *, variables: bool) -> tuple[Condition, ...]:  # noqa: ANN401  any JSON value
    """Return one condition for each operator and key; what is wrong goes to `problems`."""
    blocks = problems.mapping(value, path, 'an object such as {"StringEquals": {"aws:PrincipalTag/team": "red"}}')
    conditions: list[Condition] = []
    for name, tests in (blocks or {}).items():
        inner = f"{path}.{name}"
        try:
            operator = parse_operator(name)
        except ValueError as error:
            problems.add(inner, str(error))
            continue
        keys = problems.mapping(tests, inner, 'an object such as {"aws:PrincipalTag/team": "red"}')
        conditions += _tests(operator, keys or {}, inner, problems, variables=variables)
    return tuple(conditions)


def _tests(
    operator: Operator, keys: Mapping[str, Any], path: str, problems: Problems, *, variables: bool
) -> list[Condition]:
    seen: dict[str, str] = {}
    conditions: list[Condition] = []
    for key, given in keys.items():
        inner = f"{path}.{key}"
        if not CONDITION_KEY.fullmatch(key):
            problems.add(inner, "is no condition key: write prefix:name, such as aws:SourceVpce")
        elif seen.setdefault(key.lower(), key) != key:
            problems.add(inner, f"is the same key as {seen[key.lower()]!r}, since case does not count: write it once")
        texts = _texts(operator.comparison.family, given, inner, problems)
        values = [_value(operator, text, place, problems, variables=variables) for place, text in texts]
        conditions.append(Condition(operator, key, tuple(values), tuple(text for _, text in texts)))
    return conditions


def _texts(family: Family, given: Any, path: str, problems: Problems) -> tuple[tuple[str, str], ...]:  # noqa: ANN401  any JSON value
    """Return (path, text) of each value; numbers and booleans are written as text where the family takes them."""
    allowed = _JSON_TYPES.get(family, ())

    def plain(item: Any) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(item, bool):
            return str(item).lower() if bool in allowed else item
        return str(item) if isinstance(item, int | float) and isinstance(item, allowed) else item

    whole = [plain(item) for item in given] if isinstance(given, list | tuple) else plain(given)
    return problems.strings(whole, path, f"a string with {family.value}")


def _value(operator: Operator, text: str, path: str, problems: Problems, *, variables: bool) -> Any:  # noqa: ANN401  the type depends on the family
    comparison = operator.comparison
    if not holds_text(comparison.family):
        value = read_value(comparison.family, text)
        if value is None:
            problems.add(path, f"{shown(text)} is not {comparison.family.value}")
        return value
    template, wrong = parse_template(text, variables=variables, wildcards=comparison.wildcards)
    for problem in wrong:
        problems.add(path, problem)
    if comparison.family is Family.ARN and not template.variables:
        malformed = arn_problem(text, pattern=True)
        if malformed or text.count(":") < 5:
            problems.add(path, f"{text!r} {malformed or 'has fewer than six components: write * for each'}")
    return template
