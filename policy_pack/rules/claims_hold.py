"""What the platform promises about identities and data is proved over the policies of the stack, or refuted.

A rule looks at one document; a claim asks whether all documents together let a request through. Each claim that fails
or cannot be decided is a violation, with the request that gets through and the statements that let it.

Source: IAM User Guide, "Policy evaluation logic"; docs/proofs.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import account_report
import proof_report
import stack_config
from catalogue_of_claims import CLAIMS
from claim import Verdict
from environment import read_stack
from proving import Prover
from rule import Kind, Note, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from proving import Result
    from resources import Stack
    from rule import Finding, Findings, Options


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each claim that does not hold or that nobody can decide, and write the reports."""
    chosen = options.texts("claims")
    policies = read_stack(stack)
    account_report.write(policies)
    prover = Prover(policies)
    results = [prover.decide(claim) for claim in CLAIMS if not chosen or claim.id in chosen]
    proof_report.write(results)
    root = stack.root
    for result in results:
        if not result.verdict.holds:
            yield _finding(result, root)


def _finding(result: Result, root: str) -> Finding:
    claim = result.claim
    if result.verdict is Verdict.UNDECIDED and claim.after_deployment and stack_config.is_preview():
        return Note(f"claim {claim.id} is decided at the update: {claim.after_deployment}", root)
    return Violation(
        f"claim {claim.id} ({claim.sentence}) is {WORDS[result.verdict]}: {result.text}", result.urn or root
    )


WORDS = {Verdict.COUNTEREXAMPLE: "refuted", Verdict.UNDECIDED: "undecided"}

RULE = Rule(
    id="claims-hold",
    title="What the platform promises is proved over all its policies",
    kind=Kind.STACK,
    types=("*",),
    paths=(),
    severity=Severity.CRITICAL,
    remediation="Look at the statements named: narrow the Allow, or restore the Deny or the condition that is gone.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    options={"claims": texts(description="ids of the claims to decide; all where empty")},
    validate=validate,
)
