"""Claims: that no request of a query is allowed, that some is, that every one is.

A counterexample is a request; `evaluate` decides it again before it is returned.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from iamproof.asking import Asking
from iamproof.axioms import CARRIED
from iamproof.evaluate import evaluate
from iamproof.partition import TooManyClassesError
from iamproof.situations import Account, Situation
from iamproof.truth import Reading

if TYPE_CHECKING:
    from iamproof.environment import Environment, Request
    from iamproof.evaluate import Decision
    from iamproof.query import Query

TOO_MANY = "the patterns of one attribute cut its values into too many classes"
Where = Account | Situation | Iterable[Situation]


class Verdict(Enum):
    """How a claim ends."""

    PROVED = "proved"
    COUNTEREXAMPLE = "counterexample"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Proof:
    """The verdict on a claim.

    With a counterexample, or an example of what is possible, come its request, the environment that decides it, and
    the decision. `reasons` say why a claim is undecided, `assumptions` what a proof rests on; `questions` counts the
    combinations of principal, action and resource that were decided.
    """

    verdict: Verdict
    request: Request | None = None
    environment: Environment | None = None
    decision: Decision | None = None
    assumptions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    questions: int = 0
    milliseconds: float = 0.0

    @property
    def proved(self) -> bool:
        """Whether the claim holds."""
        return self.verdict is Verdict.PROVED


def prove(where: Where, query: Query | Iterable[Query], *, reading: Reading = Reading.BRACKET) -> Proof:
    """Show that no request of the query is allowed, or return the smallest that is (`smallest.size_of`).

    Several queries ask for their union. Under BRACKET a proof holds for every meaning of what AWS leaves open.
    """
    return _claim(where, query, reading, allowed_wanted=True)


def prove_every(where: Where, query: Query | Iterable[Query], *, reading: Reading = Reading.EXACT) -> Proof:
    """Show that every request of the query is allowed, or return the smallest that is refused."""
    return _claim(where, query, reading, allowed_wanted=False)


def possible(where: Where, query: Query | Iterable[Query], *, reading: Reading = Reading.EXACT) -> Proof:
    """Show that some request of the query is allowed: PROVED comes with the request, COUNTEREXAMPLE with none."""
    found = _claim(where, query, reading, allowed_wanted=True, any_will_do=True)
    turned = {Verdict.PROVED: Verdict.COUNTEREXAMPLE, Verdict.COUNTEREXAMPLE: Verdict.PROVED}
    return replace(found, verdict=turned.get(found.verdict, found.verdict))


def _claim(
    where: Where,
    query: Query | Iterable[Query],
    reading: Reading,
    *,
    allowed_wanted: bool,
    any_will_do: bool = False,
) -> Proof:
    """Look for a request that is allowed, or that is refused; where there is none, the contrary is proved."""
    started = time.perf_counter()
    asking = Asking(where, query, reading, allowed_wanted=allowed_wanted)
    proof = Proof(Verdict.PROVED)
    try:
        found = next((found[1:] for found in asking.answers()), None) if any_will_do else asking.smallest()
        if found is not None:
            request, environment = found
            decision = evaluate(request, environment, reading=reading)
            proof = Proof(Verdict.COUNTEREXAMPLE, request, environment, decision)
    except TooManyClassesError:
        asking.notes.doubts[TOO_MANY] = None
    reasons = asking.reasons
    if reasons:
        # Of documents that could not be read nothing is known; a request found without them shows nothing.
        proof = Proof(Verdict.UNDECIDED) if asking.unreadable or proof.proved else proof
    milliseconds = (time.perf_counter() - started) * 1000
    notes = asking.notes
    assumptions = (CARRIED, *notes.assumptions)
    return replace(
        proof, assumptions=assumptions, reasons=reasons, questions=notes.questions, milliseconds=milliseconds
    )
