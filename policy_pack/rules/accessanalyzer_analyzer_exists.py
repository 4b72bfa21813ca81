"""A resource that somebody opened to the outside by hand is found by nobody, unless AWS looks for it.

Source: IAM User Guide, "Using AWS IAM Access Analyzer" (the provider takes ACCOUNT where no type is given).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, flag

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ANALYZER = "aws:accessanalyzer/analyzer:Analyzer"
OUTSIDE = (None, "ACCOUNT", "ORGANIZATION")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for a stack without an analyzer of access from outside."""
    if options["ownedElsewhere"] or stack_config.recorded_elsewhere("analyzers"):
        return
    kinds = [(analyzer, analyzer.read("type")) for analyzer in stack.of_type(ANALYZER)]
    unread = [(analyzer, kind) for analyzer, kind in kinds if kind.unknown and not analyzer.left_out("type")]
    yield from (Undecided(kind, analyzer.urn) for analyzer, kind in unread)
    if not unread and not any(kind.unknown or kind.value in OUTSIDE for _, kind in kinds):
        yield Violation("no analyzer of this stack looks for access from outside")


RULE = Rule(
    id="accessanalyzer-analyzer-exists",
    title="Access from outside is analysed",
    kind=Kind.STACK,
    types=(ANALYZER,),
    paths=("type",),
    severity=Severity.MEDIUM,
    remediation="Add an Analyzer of type ACCOUNT, and one of type ACCOUNT_UNUSED_ACCESS where the fee is worth it.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
    frameworks=("FSBP IAM.28", "prowler accessanalyzer_enabled", "Config IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED"),
    options={"ownedElsewhere": flag(default=False)},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
