"""Hosts of two tenants that may call each other are one tenant's hosts, whatever policies say.

The rule of the same subject reads the security groups; this claim tells its result beside the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim import Broken, Claim, Doubt, Kind
from rule import Options, Violation
from rules.tenant_security_group_admits_only_itself import RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Broken | Doubt]:
    """Yield what the rule finds: a group that admits others, or one of which nobody can tell."""
    for finding in RULE.validate(stack.stack, Options({}, RULE.options)):
        if isinstance(finding, Violation):
            yield Broken(text=finding.text, urn=finding.urn or "")
        else:
            yield Doubt(text="what a security group admits is not known yet", urn=finding.urn or "")


CLAIM = Claim(
    id="no-group-admits-another-tenant",
    sentence="No tenant's security group admits another tenant's hosts, and the shared one admits nobody.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("what is proved here are the rules of this stack; rules added by hand are found by the audit",),
    partner="each-tenant-trains-and-deploys",
)
