"""Claims decided: every question asked of iamproof, or answered by a question that is the same but for the tenant."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from alike import Alike
from claim import Broken, Doubt, Example, Kind, Remark, Verdict

import iamproof

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claim import Asked, Claim, Question
    from environment import StackPolicies

    from iamproof import Decision, Proof


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a claim.

    `text` says what contradicts it or why nobody can tell, `urn` whose that is; `counterexample` is the request as
    iamproof writes requests. `asked` counts the questions, `answered` those that iamproof had to decide. `remarks`
    say of what the claim does not speak in this stack.
    """

    claim: Claim
    verdict: Verdict
    text: str = ""
    urn: str = ""
    counterexample: dict[str, Any] | None = None
    asked: int = 0
    answered: int = 0
    remarks: tuple[str, ...] = ()
    milliseconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the result as the proof report has it."""
        return {
            "id": self.claim.id,
            "sentence": self.claim.sentence,
            "kind": self.claim.kind.value,
            "verdict": self.verdict.value,
            "counterexample": self.counterexample,
            "text": self.text,
            "remarks": list(self.remarks),
            "assumptions": [*EVERY_PROOF, *self.claim.assumptions],
            "questions": self.asked,
            "milliseconds": round(self.milliseconds, 1),
        }


EVERY_PROOF = (
    "ids that AWS has not minted yet are distinct constants, proved again with the real ones at the update",
    "policies outside this stack, access control lists, grants of keys and links that are already signed are not seen",
)
"""What each proof rests on; docs/proofs.md says more."""


@dataclass
class Prover:
    """Decides the claims of one stack; what one claim has asked, another need not ask again."""

    stack: StackPolicies
    _answers: dict[tuple[object, ...], Proof] = field(default_factory=dict)
    _examples: dict[tuple[object, ...], Decision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._alike = Alike(self.stack)

    def decide(self, claim: Claim) -> Result:
        """Return what becomes of a claim; one that raises is undecided, and never proved."""
        began, known = time.perf_counter(), len(self._answers)
        questions: list[Asked] = []
        try:
            questions += claim.ask(self.stack)
            found = self._found(claim, questions)
        except Exception as error:  # noqa: BLE001  a claim that breaks must not count as proved
            text = f"the claim raises {type(error).__name__}: {error}"
            found = Result(claim=claim, verdict=Verdict.UNDECIDED, text=text)
        return replace(
            found,
            asked=sum(not isinstance(one, Remark) for one in questions),
            remarks=tuple(dict.fromkeys(one.text for one in questions if isinstance(one, Remark))),
            answered=len(self._answers) - known,
            milliseconds=(time.perf_counter() - began) * 1000,
        )

    def _found(self, claim: Claim, questions: Iterable[Asked]) -> Result:
        """Return what speaks against the claim: a request rather than a doubt, the first of each."""
        doubt: Result | None = None
        for question in questions:
            if isinstance(question, Remark):
                continue
            found = self._against(claim, question)
            if found is not None and found.verdict is Verdict.COUNTEREXAMPLE:
                return found
            doubt = doubt or found
        holds = Verdict.PROVED if claim.kind is Kind.SAFETY else Verdict.POSSIBLE
        return doubt or Result(claim=claim, verdict=holds)

    def _against(self, claim: Claim, question: Question | Example | Broken | Doubt) -> Result | None:
        if isinstance(question, Broken | Doubt):
            verdict = Verdict.COUNTEREXAMPLE if isinstance(question, Broken) else Verdict.UNDECIDED
            return Result(claim=claim, verdict=verdict, text=question.text, urn=question.urn)
        if isinstance(question, Example):
            return self._refused(claim, question)
        sentence = question.query.sentence
        name, urn = (question.identity.name, question.identity.urn) if question.identity else ("another account", "")
        key = self._alike.key(question)
        if key not in self._answers:
            self._answers[key] = _ask(self.stack, claim.kind, question)
        proof = self._answers[key]
        if proof.proved:
            return None
        if proof.verdict is iamproof.Verdict.UNDECIDED:
            why = "; ".join(proof.reasons)
            text = f"whether {name} {sentence} cannot be decided: {why}"
            return Result(claim=claim, verdict=Verdict.UNDECIDED, text=text, urn=urn)
        if claim.kind is Kind.LIVENESS and not question.every:
            text = f"{name} cannot do this in any way: {sentence}"
            return Result(claim=claim, verdict=Verdict.COUNTEREXAMPLE, text=text, urn=urn)
        return _gets_through(claim, urn, proof)

    def _refused(self, claim: Claim, example: Example) -> Result | None:
        """Return that an example is refused, and by what; None where it is allowed."""
        identity = example.identity
        problems = (*identity.problems, *self.stack.problems)
        if problems:
            text = f"whether {identity.name} may {example.sentence} cannot be decided: {'; '.join(problems)}"
            return Result(claim=claim, verdict=Verdict.UNDECIDED, text=text, urn=identity.urn)
        key = self._alike.key_of(example)
        if key not in self._examples:
            request = iamproof.Request(example.action, example.resource, identity.principal, example.context)
            self._examples[key] = iamproof.evaluate(request, self.stack.environment_of(example))
        decision = self._examples[key]
        if decision.allowed:
            return None
        by = ", ".join(f"{ref.policy} {ref.sid or ref.position}" for ref in decision.statements) or "nobody allows it"
        text = f"{identity.name} cannot do this: {example.sentence} ({by})"
        return Result(claim=claim, verdict=Verdict.COUNTEREXAMPLE, text=text, urn=identity.urn)


def _ask(stack: StackPolicies, kind: Kind, question: Question) -> Proof:
    if kind is Kind.SAFETY:
        return iamproof.prove(stack.account_of(question), question.query)
    where = stack.account_of(question, surely=True)
    return (iamproof.prove_every if question.every else iamproof.possible)(where, question.query)


def _gets_through(claim: Claim, urn: str, proof: Proof) -> Result:
    """Return the request that contradicts the claim, in words and as iamproof writes it."""
    request, decision = proof.request, proof.decision
    if request is None or decision is None:
        raise TypeError("a counterexample comes with its request")
    context = {key: value for key, value in request.context.items() if value is not None}
    with_keys = ", ".join(f"{key} = {_shown(value)}" for key, value in sorted(context.items())) or "no condition key"
    by = ", ".join(f"{ref.policy} {ref.sid or ref.position}" for ref in decision.statements)
    gets = "is allowed" if decision.allowed else "is refused"
    return Result(
        claim=claim,
        verdict=Verdict.COUNTEREXAMPLE,
        text=f"{request.action} on {request.resource} by {request.principal.arn} with {with_keys} {gets} ({by})",
        urn=urn,
        counterexample={
            "action": request.action,
            "resource": request.resource,
            "principal": {"arn": request.principal.arn, "tags": dict(request.principal.tags)},
            "context": {key: list(value) if isinstance(value, tuple) else value for key, value in context.items()},
            "statements": [{"policy": ref.policy, "sid": ref.sid} for ref in decision.statements],
        },
    )


def _shown(value: object) -> str:
    return " and ".join(map(str, value)) or "an empty list" if isinstance(value, list | tuple) else str(value)
