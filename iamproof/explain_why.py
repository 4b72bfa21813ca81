"""Why a request is allowed or refused, in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iamproof.conditions import condition_holds
from iamproof.context import context_of
from iamproof.evaluate import Outcome
from iamproof.explain_changes import shown_values
from iamproof.explain_search import layer_policies, policies_of
from iamproof.model import Effect
from iamproof.operators import Family, Quantifier, holds_text
from iamproof.principal import PrincipalKind
from iamproof.statements import Case, applies, covers_action, reaches
from iamproof.truth import Reading, Truth, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.environment import Environment, Request
    from iamproof.evaluate import Decision
    from iamproof.model import Condition, Policy, Statement
    from iamproof.variables import Context

MOST_NEAR_MISSES = 5
_LAYERS = {
    "identity": "the identity policies",
    "boundary": "the permissions boundary",
    "session": "the session policies",
    "resource": "the resource's policy",
    "endpoint": "the endpoint's policy",
    "identity or resource": "the identity policies and the resource's policy",
}


def why(request: Request, environment: Environment, decision: Decision, reading: Reading) -> tuple[str, ...]:
    """Return the reasons of a decision, most important first."""
    return tuple(_Reasons(request, environment, reading).of(decision))


def statement_name(policy: Policy, statement: Statement) -> str:
    """Return how sentences call a statement."""
    sid = f" {statement.sid!r}" if statement.sid else ""
    return f"the {statement.effect.value}{sid} of {policy.name} (Statement[{statement.position}])"


class _Reasons:
    """The reasons for one request."""

    def __init__(self, request: Request, environment: Environment, reading: Reading) -> None:
        self._request = request
        self._environment = environment
        self._reading = reading
        self._context = context_of(request, environment)
        has_boundary = environment.boundary is not None
        self._case = Case(request, self._context, has_boundary)

    def of(self, decision: Decision) -> Iterator[str]:
        if decision.outcome is Outcome.IMPLICIT_DENY:
            for layer in decision.missing:
                yield from self._missing(layer)
            return
        verb = "allowed by" if decision.allowed else "refused by"
        for policy, statement in self._deciding(decision):
            yield f"{verb} {statement_name(policy, statement)}{self._because(statement)}"
        if not decision.statements:
            yield self._without_statement()

    def _deciding(self, decision: Decision) -> Iterator[tuple[Policy, Statement]]:
        refs = {(ref.policy, ref.position, ref.effect) for ref in decision.statements}
        named: set[tuple[str, int, Effect]] = set()
        for policy in (policy for each in policies_of(self._environment).values() for policy in each):
            for statement in policy.statements:
                ref = (policy.name, statement.position, statement.effect)
                if ref in refs and ref not in named and self._counts(applies(statement, self._case), statement.effect):
                    named.add(ref)
                    yield policy, statement

    def _counts(self, truth: Truth, effect: Effect) -> bool:
        if self._reading is Reading.EXACT:
            return truth.exact
        return truth.high if effect is Effect.ALLOW else truth.low

    def _because(self, statement: Statement) -> str:
        reasons = [f"{_written(c)} holds: {self._state(c, holds=True)}" for c in statement.conditions]
        return f": {'; '.join(reasons)}" if reasons else ""

    def _without_statement(self) -> str:
        if self._request.principal.kind is PrincipalKind.ROOT:
            return "allowed without a statement: the account's root user needs no identity policy, and no Deny applies"
        return "allowed without a statement: a policy of another account that is not given is taken as allowing"

    def _missing(self, layer: str) -> Iterator[str]:
        policies = layer_policies(self._environment, layer)
        where = _LAYERS.get(layer, f"the policies of level {layer}")
        if not policies:
            yield f"no Allow: {where} must allow, and none is given{self._demand(layer)}"
            return
        allows = ((p, s) for p in policies for s in p.statements if s.effect is Effect.ALLOW)
        near = [(p, s) for p, s in allows if covers_action(s, self._request.action)]
        reason = "" if near else f"; no Allow there names {self._request.action}"
        yield f"no Allow: {where} must allow and does not{self._demand(layer)}{reason}"
        for policy, statement in near[:MOST_NEAR_MISSES]:
            yield f"{statement_name(policy, statement)} names the action, but {self._miss(statement)}"
        if len(near) > MOST_NEAR_MISSES:
            yield f"{len(near) - MOST_NEAR_MISSES} more Allows name the action and do not apply either"

    def _demand(self, layer: str) -> str:
        """Why this kind of policy must allow, where that is no matter of course."""
        if layer != "resource":
            return ""
        if not self._request.principal.account:
            return " (this caller has no policies of its own)"
        if self._environment.resource_kind in {"key", "trust"}:
            return " (the policy of a key or role must itself allow, or name the account)"
        return " (across accounts both sides must allow)"

    def _miss(self, statement: Statement) -> str:
        if not self._counts(applies(replace(statement, conditions=()), self._case), statement.effect):
            return f"not the resource {self._request.resource}{self._unknown(statement)}"
        for condition in statement.conditions:
            if not self._counts(condition_holds(condition, self._context), statement.effect):
                return f"{_written(condition)} does not hold: {self._state(condition, holds=False)}"
        if statement.principals is not None and not self._reached(statement):
            return "its principals do not include the caller"
        return "naming the account only hands the decision to the account's identity policies"

    def _reached(self, statement: Statement) -> bool:
        return self._counts(any_of(reaches(statement, self._case).values()), statement.effect)

    def _unknown(self, statement: Statement) -> str:
        absent = sorted(name for name in statement.required_variables if len(self._context.get(name, ())) != 1)
        return f" (the request has no value for ${{{absent[0]}}})" if absent else ""

    def _state(self, condition: Condition, *, holds: bool) -> str:
        """What the request says about the key, and why a missing key is enough."""
        values = self._context.get(condition.name, ())
        if values:
            return f"the request has {shown_values(values)}{_filled(condition, self._context)}"
        if condition.operator.comparison.family is Family.NULL or not holds:
            return f"the request has no {condition.key}"
        return f"the request has no {condition.key}, and {_true_when_missing(condition)} is true on a missing key"


def _true_when_missing(condition: Condition) -> str:
    operator = condition.operator
    if operator.if_exists:
        return "an operator with IfExists"
    return "ForAllValues" if operator.quantifier is Quantifier.ALL else "a negated operator"


def _written(condition: Condition) -> str:
    return f"{condition.operator.text} {condition.key} {shown_values(condition.texts)}"


def _filled(condition: Condition, context: Context) -> str:
    """The values of the variables in a condition."""
    if not holds_text(condition.operator.comparison.family):
        return ""
    keys = dict.fromkeys(variable.key for value in condition.values for variable in value.variables)
    told = [f"${{{key}}} is {shown_values(context.get(key.lower(), ())) or 'without a value'}" for key in keys]
    return f", {' and '.join(told)}" if told else ""
