"""Questions put to z3, a development requirement, on the same documents, requests and reading as the prover's own.

The formulas are written here without the prover's classes and search: one text for the resource, and for each key that
the request may choose whether it is there and its text.
"""

from __future__ import annotations

import fnmatch
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from iamproof import Reading, Request, facts
from iamproof.action_classes import action_classes, asked_actions
from iamproof.conditions import condition_holds
from iamproof.context import context_of
from iamproof.model import Effect
from iamproof.operators import Family, Quantifier
from iamproof.requirements import Every, Grant, Requirements
from iamproof.statements import Case, reaches
from iamproof.truth import NO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof import Account, Query, Situation
    from iamproof.matching import Token
    from iamproof.model import Condition, Statement
    from iamproof.query import Texts
    from iamproof.requirements import Need
    from iamproof.shapes import Shape
    from iamproof.statements import Reach

Formula: TypeAlias = Any  # z3 has no types of its own
PATIENCE = 20_000
"""Milliseconds after which z3 gives up."""


class UnsupportedError(Exception):
    """A condition that these formulas do not write."""


def proved(where: Account, query: Query) -> bool | None:
    """Return whether z3 shows that no request of a query for one action is allowed; None where it gives up."""
    found = [_Formula(situation, query).is_refused() for situation in where.situations(query)]
    return None if None in found else all(found)


class _Formula:
    """One situation: is there a request that is allowed?"""

    def __init__(self, situation: Situation, query: Query) -> None:
        self._z3: Formula = import_module("z3")
        (self._action,) = query.patterns
        self._situation = situation
        self._query = query
        self._resource = self._z3.String("resource")
        request = Request(self._action, f"arn:aws:x:::{situation.environment.resource_account}", situation.principal)
        self._known = context_of(request, situation.environment)
        self._case = Case(request, self._known, situation.environment.boundary is not None)
        self._requirements = Requirements(request, situation.environment, Reading.EXACT, endpoint_counts=True)

    def is_refused(self) -> bool | None:
        """Return whether no request is allowed; None where z3 gives up."""
        z3 = self._z3
        solver = z3.Solver()
        solver.set("timeout", PATIENCE)
        (accepted,) = action_classes(asked_actions((self._action,), frozenset()), -1, frozenset(), frozenset())
        solver.add(z3.Or(*(z3.InRe(self._resource, self._shape(form)) for form in accepted.accepted.forms)))
        for texts in (self._query.asked, self._situation.within):
            solver.add(self._among(self._resource, texts))
        solver.add(z3.PrefixOf(z3.StringVal("arn:aws:"), self._resource))
        for policy in self._requirements.denying:
            solver.add(*(z3.Not(self._applies(each)) for each in policy.statements if each.effect is Effect.DENY))
        solver.add(self._met(self._requirements.allowing))
        answer = solver.check()
        return None if answer == z3.unknown else bool(answer == z3.unsat)

    def _met(self, need: Need) -> Formula:
        if isinstance(need, Grant):
            allows = (each for policy in need.policies for each in policy.statements if each.effect is Effect.ALLOW)
            return self._z3.Or(*(self._applies(each, need.reach) for each in allows))
        parts = [self._met(part) for part in need.parts]
        return self._z3.And(*parts) if isinstance(need, Every) else self._z3.Or(*parts)

    def _applies(self, statement: Statement, reach: Reach | None = None) -> Formula:
        never = self._z3.BoolVal(False)  # noqa: FBT003  z3's own
        covered = any(fnmatch.fnmatchcase(self._action.lower(), text.lower()) for text in statement.actions)
        if covered is statement.not_actions:
            return never
        ways = reaches(statement, self._case)
        if not any(truth.exact for truth in (ways.values() if reach is None else (ways.get(reach, NO),))):
            return never
        return self._z3.And(self._names(statement), *map(self._holds, statement.conditions))

    def _names(self, statement: Statement) -> Formula:
        globs = (pattern.template.resolve(self._known).exact for pattern in statement.resources or ())
        named = self._z3.Or(*(self._matches(self._resource, glob.tokens) for glob in globs if glob is not None))
        return self._z3.Not(named) if statement.not_resources else named

    def _holds(self, condition: Condition) -> Formula:
        """Return the formula of a condition on a key with one value."""
        z3, operator = self._z3, condition.operator
        known, comparison = facts.condition_key(condition.name), operator.comparison
        carried = facts.carries(self._action, condition.name)
        if condition.name in self._known or not carried or condition.name.startswith("aws:principal"):
            return z3.BoolVal(condition_holds(condition, self._known).exact)
        if (
            known is None
            or known.type.multi_valued
            or comparison.family not in {Family.STRING, Family.BOOL, Family.NULL}
        ):
            raise UnsupportedError(f"{operator.text} {condition.key} for {self._action}")
        there, value = z3.Bool(f"{condition.name} is there"), z3.String(condition.name)
        if comparison.family is Family.NULL:
            return z3.Or(*(z3.Not(there) if missing else there for missing in condition.values))
        if comparison.family is Family.BOOL:
            matched = z3.Or(*(value == z3.StringVal(str(each).lower()) for each in condition.values))
        else:
            globs = (each.resolve(self._known).exact for each in condition.values)
            matched = z3.Or(*(self._matches(value, glob.tokens) for glob in globs if glob is not None))
        missing = operator.if_exists or operator.quantifier is Quantifier.ALL or comparison.negated
        return z3.If(there, z3.Not(matched) if comparison.negated else matched, z3.BoolVal(missing))

    def _among(self, text: Formula, texts: Texts) -> Formula:
        z3 = self._z3
        like = [self._matches(text, glob.tokens) for glob in texts.like or ()]
        other = [z3.Not(self._matches(text, glob.tokens)) for glob in texts.other_than]
        return z3.And(*([z3.Or(*like)] if texts.like is not None else []), *other)

    def _matches(self, text: Formula, tokens: Iterable[Token]) -> Formula:
        z3 = self._z3
        one = z3.AllChar(z3.ReSort(z3.StringSort()))
        many = z3.Full(z3.ReSort(z3.StringSort()))
        parts = [z3.Re(each) if isinstance(each, str) else many if each.value == "*" else one for each in tokens]
        return z3.InRe(text, self._joined(parts))

    def _joined(self, parts: list[Formula]) -> Formula:
        if not parts:
            return self._z3.Re("")
        return parts[0] if len(parts) == 1 else self._z3.Concat(*parts)

    def _shape(self, shape: Shape) -> Formula:
        z3 = self._z3
        every = z3.AllChar(z3.ReSort(z3.StringSort()))
        parts = []
        for step in shape:
            letters = [z3.Re(letter) for letter in sorted(step.chars.listed)]
            listed = letters[0] if len(letters) == 1 else z3.Union(*letters) if letters else None
            chars = listed if not step.chars.others else every if listed is None else z3.Diff(every, listed)
            parts.append(z3.Star(chars) if step.many else chars)
        return self._joined(parts)
