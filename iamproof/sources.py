"""The keys that policy variables stand for, where the request may choose their values.

A variable ties keys together: `${aws:RequestTag/team}` in a pattern makes its meaning depend on another key's value.
So these keys are fixed first, one class of values at a time. Where a variable is only ever compared as a whole, the
classes are complete: they are cut by every text that it may be compared with, the values already fixed among them, so
that equal and unequal are both tried. Where it is a part of a longer pattern, a further, unnamed value is tried that
may be anything: an Allow with it matches whatever it can, a Deny nothing, as under `Reading.BRACKET`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from iamproof import facts
from iamproof.axioms import always_there, canonical
from iamproof.elements import elements
from iamproof.matching import Glob
from iamproof.operators import holds_text
from iamproof.variables import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from iamproof.model import Condition, Statement
    from iamproof.query import Values
    from iamproof.variables import Context


class Fixed(NamedTuple):
    """Values of the source keys; `unnamed` are those of which one value stands for any other."""

    context: Context
    unnamed: tuple[str, ...] = ()


class Sources:
    """The source keys of some statements."""

    def __init__(
        self, statements: Iterable[Statement], free: Callable[[str], bool], asked: Mapping[str, Sequence[Values]]
    ) -> None:
        """`asked` is what the query says of keys, by their canonical names."""
        self._statements = tuple(statements)
        self._asked = asked
        found = {variable.key.lower() for statement in self._statements for variable in statement.variables}
        self.keys = tuple(sorted({canonical(key) for key in found if free(key)}))

    @cached_property
    def _conditions(self) -> list[Condition]:
        return [condition for statement in self._statements for condition in statement.conditions]

    @cached_property
    def _partial(self) -> set[str]:
        """The keys whose values are put in as a part of a text, or compared without case."""
        templates = [pattern.template for statement in self._statements for pattern in statement.resources or ()]
        templates += [value for each in self._conditions for value in each.values if isinstance(value, Template)]
        return {
            canonical(variable.key)
            for template in templates
            for variable in template.variables
            if template.wildcards or len([part for part in template.parts if part != ""]) > 1
        } | {
            canonical(variable.key)
            for each in self._conditions
            if each.operator.comparison.ignores_case
            for value in each.values
            for variable in value.variables
        }

    def fixed(self, context: Context) -> Iterator[Fixed]:
        """Yield every way to fix the keys; `context` holds the values of those that are fixed already."""
        yield from self._fix(self.keys, context, ())

    def _fix(self, keys: tuple[str, ...], context: Context, unnamed: tuple[str, ...]) -> Iterator[Fixed]:
        if not keys:
            yield Fixed(context, unnamed)
            return
        key, *rest = keys
        for values in self._candidates(key, context):
            further = dict.fromkeys(self._names(key), values) if values else {}
            more = (key,) if len(values) > 1 else ()
            yield from self._fix(tuple(rest), {**context, **further}, (*unnamed, *more))

    def _names(self, key: str) -> set[str]:
        variables = {
            variable.key.lower()
            for each in self._conditions
            for value in each.values
            if isinstance(value, Template)
            for variable in value.variables
        }
        return {key, *(name for name in variables | {each.name for each in self._conditions} if canonical(name) == key)}

    def _candidates(self, key: str, context: Context) -> Iterator[tuple[str, ...]]:
        asked = tuple(self._asked.get(key, ()))
        if not always_there(key) and all(values.admits(()) for values in asked):
            yield ()
        known = facts.condition_key(key)
        # Values fixed before are told apart from all others.
        told = tuple(Glob.join((value,)) for name in self.keys for value in context.get(name, ()))
        texts = elements(self._about(key), asked, context, known.type if known else None, told).texts
        listed = any(values.every.listed is not None for values in asked)
        for text in texts:
            if all(values.admits((text,)) for values in asked):
                yield (text,)
        for text in texts if key in self._partial and not listed else ():
            if all(values.admits((text,)) for values in asked):
                # Twice the same value reads as a value of this class of which nothing else is known.
                yield (text, text)

    def _about(self, key: str) -> list[Condition]:
        """The conditions on the key itself, and all text that a variable may be compared with."""
        linked = {
            each.name
            for each in self._conditions
            if any(isinstance(value, Template) and value.variables for value in each.values)
        }
        return [
            each
            for each in self._conditions
            if canonical(each.name) == key or (each.name in linked and holds_text(each.operator.comparison.family))
        ]
