"""Why a request is allowed or refused, and the smallest change of it that would be allowed.

Sources are those of `iamproof.evaluate`, whose decisions this module only puts into words: each suggestion is a
request that `evaluate` allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iamproof.evaluate import evaluate
from iamproof.explain_search import BUDGET, MOST_PARTS, Search, Suggestion, search
from iamproof.explain_why import why
from iamproof.truth import Reading

if TYPE_CHECKING:
    from iamproof.environment import Environment, Request
    from iamproof.evaluate import Decision

_PARTS = {1: "one part", 2: "two parts"}


@dataclass(frozen=True)
class Explanation:
    """A decision with its reasons in words and, for a refusal, changes of the request that would be allowed.

    `suggestions` are those with the fewest changed parts, one for each set of parts; another action is suggested only
    where nothing else helps. `tried` is how many changed requests were evaluated; `complete` is false where the
    search stopped before all were tried.
    """

    request: Request
    decision: Decision
    reasons: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()
    tried: int = 0
    complete: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON."""
        statements = self.decision.statements
        return {
            "decision": self.decision.outcome.value,
            "because": [{"policy": ref.policy, "sid": ref.sid, "statement": ref.position} for ref in statements],
            "missing": list(self.decision.missing),
            "why": list(self.reasons),
            "suggestions": [[change.to_dict() for change in found.changes] for found in self.suggestions],
            "search": {"parts": MOST_PARTS, "tried": self.tried, "complete": self.complete},
        }

    def text(self) -> str:
        """Return the explanation in lines for a reader."""
        who = self.request.principal.arn or "an anonymous caller"
        lines = [f"{self.decision.outcome.value}: {self.request.action} on {self.request.resource} by {who}"]
        lines += [f"  {reason}" for reason in self.reasons]
        if not self.decision.allowed:
            lines += [f"  {line}" for line in self._advice()]
        return "\n".join(lines)

    def _advice(self) -> list[str]:
        if self.suggestions:
            return [
                f"would be allowed {' and '.join(str(change) for change in found.changes)}"
                for found in self.suggestions
            ]
        count = f"{self.tried} changed request{'' if self.tried == 1 else 's'}"
        if not self.complete:
            return [f"the search stopped after {count}: none of them is allowed, others were not tried"]
        none = f"no change of up to {_PARTS[MOST_PARTS]} was found that would be allowed"
        return [f"{none}: tried {count}, with the same caller and values that the policies mention"]


def explain(
    request: Request, environment: Environment, *, reading: Reading = Reading.EXACT, budget: int = BUDGET
) -> Explanation:
    """Decide the request, say why and, where it is refused, look for the smallest change that is allowed.

    At most `budget` changed requests are evaluated. No change found does not mean that there is none: values that no
    policy mentions, another caller and changes of three parts are not tried.
    """
    decision = evaluate(request, environment, reading=reading)
    found = Search() if decision.allowed else search(request, environment, reading, budget)
    return Explanation(
        request=request,
        decision=decision,
        reasons=why(request, environment, decision, reading),
        suggestions=tuple(found.suggestions),
        tried=found.tried,
        complete=found.complete,
    )
