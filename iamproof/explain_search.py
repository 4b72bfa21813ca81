"""The smallest change of a refused request that is allowed, looked for among a stated set of changes.

A change of two parts can only help if one of them touches the statement that refuses, and the other one the statement
that refuses after it: so only such pairs are tried, and no pair that helps is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iamproof.context import context_of
from iamproof.evaluate import Outcome, evaluate
from iamproof.explain_changes import ACTION, RESOURCE, changes
from iamproof.statements import covers_action
from iamproof.variables import Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.environment import Environment, Request
    from iamproof.evaluate import Decision
    from iamproof.explain_changes import Change
    from iamproof.model import Policy, Statement
    from iamproof.truth import Reading

MOST_PARTS = 2
BUDGET = 5000
"""Requests that are tried before the search gives up."""


@dataclass(frozen=True)
class Suggestion:
    """Changes that, made together, give a request that is allowed: `request`."""

    changes: tuple[Change, ...]
    request: Request


@dataclass
class Search:
    """What a search found: suggestions with the fewest changes, one for each set of parts.

    `tried` requests were evaluated; `complete` is false where the budget ran out before all were tried.
    """

    suggestions: list[Suggestion] = field(default_factory=list)
    tried: int = 0
    complete: bool = True


def policies_of(environment: Environment) -> dict[str, tuple[Policy, ...]]:
    """Return the policies by the names that a decision's `missing` uses."""
    found = {
        "identity": environment.identity,
        "boundary": () if environment.boundary is None else (environment.boundary,),
        "session": environment.sessions or (),
        "resource": () if environment.resource is None else (environment.resource,),
        "endpoint": () if environment.endpoint is None else (environment.endpoint,),
    }
    for name in ("service_controls", "resource_controls"):
        found |= {f"{name}[{index}]": level for index, level in enumerate(getattr(environment, name))}
    return found


def layer_policies(environment: Environment, name: str) -> tuple[Policy, ...]:
    """Return the policies of which one had to allow; `name` is one of a decision's `missing`."""
    known = policies_of(environment)
    return tuple(policy for part in name.split(" or ") for policy in known.get(part, ()))


def search(request: Request, environment: Environment, reading: Reading, budget: int = BUDGET) -> Search:
    """Look for changes of one part, then of two; the action is changed only where nothing else helps."""
    return _Searching(request, environment, reading, budget).search()


class _BudgetSpent(Exception):  # noqa: N818  ends the search, is no error
    pass


class _Searching:
    """One search under way."""

    def __init__(self, request: Request, environment: Environment, reading: Reading, budget: int) -> None:
        self._request = request
        self._environment = environment
        self._reading = reading
        self._budget = budget
        self._found = Search()
        self._seen: set[frozenset[Change]] = set()
        policies = [policy for each in policies_of(environment).values() for policy in each]
        self._changes = changes(policies, request, context_of(request, environment))

    def search(self) -> Search:
        refusal = evaluate(self._request, self._environment, reading=self._reading)
        try:
            firsts = [*self._relevant(refusal, self._request)]
            if not self._among(firsts):
                self._among([*self._changes[ACTION]])
        except _BudgetSpent:
            self._found.complete = False
        return self._found

    def _among(self, firsts: list[Change]) -> bool:
        """Try the first changes alone, then each with a second one."""
        refused = [(change, self._try((change,))) for change in firsts]
        if self._found.suggestions:
            return True
        for change, decision in refused:
            for second in self._relevant(decision, change.apply(self._request)):
                if second.part != change.part:
                    self._try((change, second))
        return bool(self._found.suggestions)

    def _try(self, together: tuple[Change, ...]) -> Decision | None:
        """Evaluate the changed request once and note it where it is allowed; None where it was not evaluated."""
        parts = {change.part for change in together}
        known = any(parts == {change.part for change in found.changes} for found in self._found.suggestions)
        if known or frozenset(together) in self._seen:
            return None
        if self._found.tried >= self._budget:
            raise _BudgetSpent
        self._seen.add(frozenset(together))
        changed = self._request
        for change in together:
            changed = change.apply(changed)
        self._found.tried += 1
        decision = evaluate(changed, self._environment, reading=self._reading)
        if decision.allowed:
            self._found.suggestions.append(Suggestion(together, changed))
        return decision

    def _relevant(self, refusal: Decision | None, request: Request) -> Iterator[Change]:
        """The changes, but for those of the action, that touch what refuses a request."""
        if refusal is None:
            return
        touched = {part for statement in self._refusing(refusal, request) for part in _parts(statement)}
        if "aws:resourceaccount" in touched:
            touched.add(RESOURCE)
        if refusal.outcome is Outcome.IMPLICIT_DENY:
            # Another resource may belong to another account, where other policies have to allow.
            touched.add(RESOURCE)
        if self._environment.endpoint is not None:
            # Under BRACKET the key decides whether the endpoint's policy counts.
            touched.add("aws:sourcevpce")
        for part, found in self._changes.items():
            if part in touched and part != ACTION:
                yield from found

    def _refusing(self, refusal: Decision, request: Request) -> Iterable[Statement]:
        """The Denies that apply, of which the first must go, or the Allows of which one must come to apply."""
        if refusal.outcome is Outcome.EXPLICIT_DENY:
            first = refusal.statements[0]
            for policy in (policy for each in policies_of(self._environment).values() for policy in each):
                if policy.name == first.policy:
                    yield from (
                        s for s in policy.statements if (s.position, s.effect) == (first.position, first.effect)
                    )
            return
        layer = layer_policies(self._environment, refusal.missing[0])
        resource = self._environment.resource
        for policy in (*layer, *((resource,) if resource else ())):
            yield from (s for s in policy.allows if covers_action(s, request.action))


def _parts(statement: Statement) -> Iterator[str]:
    """The parts of a request on which it depends whether a statement applies."""
    if statement.resources is not None:
        yield RESOURCE
    templates = [pattern.template for pattern in statement.resources or ()]
    for condition in statement.conditions:
        yield condition.name
        templates += [value for value in condition.values if isinstance(value, Template)]
    for template in templates:
        yield from (variable.key.lower() for variable in template.variables)
