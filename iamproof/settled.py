"""What statements settle of a question before any action is asked: of which actions no request can be allowed.

A statement covers an action whatever else a request holds. So "granted wherever it has to be" is decided for all
actions at once, and a Deny on every resource takes its actions out where each of its conditions holds in every request
that is meant.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.action_sets import matched_by
from iamproof.axioms import canonical
from iamproof.compilation import Head, reachable
from iamproof.conditions import condition_holds
from iamproof.domains import SingleValued
from iamproof.elements import elements
from iamproof.environment import Request
from iamproof.goals import Test
from iamproof.opening import may_name
from iamproof.variables import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from iamproof.action_classes import Owners
    from iamproof.environment import Environment
    from iamproof.model import Condition, Statement
    from iamproof.principal import Principal
    from iamproof.query import Values
    from iamproof.variables import Context

_OF_TRUST, _OF_ANY_OTHER = "sts:AssumeRole", "another-service:AnotherAction"


class Settled:
    """One question about one principal: which actions are left once statements have settled what they can."""

    def __init__(
        self,
        principal: Principal,
        environment: Environment,
        holds: Callable[[Condition], bool],
        covered: Mapping[int, int],
    ) -> None:
        """`holds` says of a condition that it holds in every request, `covered` by `id` what a statement covers."""
        self._principal = principal
        self._environment = environment
        self._always = holds
        self._covered = covered
        self._known: dict[int, bool] = {}
        self._found: dict[tuple[str, Owners], int] = {}

    def left(self, actions: int, owners: Owners = None) -> int:
        """Return those of some actions that may be allowed on resources of these services, None for any."""
        if self._environment.resource_kind != "trust":
            return actions & self._left(_OF_ANY_OTHER, owners)
        # Only the actions that assume a role ask its trust policy.
        trust = matched_by(("sts:*",))
        return actions & (self._left(_OF_TRUST, owners) & trust | self._left(_OF_ANY_OTHER, owners) & ~trust)

    def _left(self, example: str, owners: Owners) -> int:
        asked = example, owners
        if asked not in self._found:
            request = Request(example, "*", self._principal)
            head = Head(request, self._environment, {}, bool, has_endpoint=False, covering=bool)
            self._found[asked] = reachable(head, partial(self._covers, owners=owners), self._holds)
        return self._found[asked]

    def _covers(self, statement: Statement, owners: Owners) -> int:
        return self._covered[id(statement)] if owners is None or may_name(statement, owners) else 0

    def _holds(self, condition: Condition) -> bool:
        if id(condition) not in self._known:
            self._known[id(condition)] = self._always(condition)
        return self._known[id(condition)]


def always_holds(
    condition: Condition, free: Callable[[str], bool], fixed: Context, asked: Mapping[str, Sequence[Values]]
) -> bool:
    """Whether a condition holds, under every reading, for all values that requests of a query may have for its key.

    `free` says of a key in small letters whether the request chooses it; `fixed` holds the values of the others, and
    `asked` what the query says of keys, by their canonical names. False where this cannot be told of the key alone.
    """
    if any(value.variables for value in condition.values if isinstance(value, Template)):
        return False
    if not free(condition.name):
        return condition_holds(condition, fixed).low
    said = tuple(asked.get(canonical(condition.name), ()))
    known = facts.condition_key(condition.name)
    if not said or known is None or known.type.multi_valued:
        return False
    found = elements((condition,), said, fixed, known.type)
    domain = SingleValued(found.texts, fixed)
    start = domain.start(said, always=False)
    return found.complete and (start is None or domain.restrict(start, Test(condition, "low", wanted=False)) is None)
