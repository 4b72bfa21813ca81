"""A key whose policy nobody can change is lost when its policy is wrong, and with it everything that it encrypts.

Source: AWS KMS Developer Guide, "Default key policy" and "Changing a key policy".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import SAME_ARN, inside
from documents import matches
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

CHANGES = "kms:PutKeyPolicy"


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding for a key policy by which the deployer cannot change it; no policy passes here."""
    deployers = stack_config.deployer(options.texts("deployers")).names
    for held in documents.held(key, Holder.KEY):
        found = held.document.statements if held.document else ()
        if held.document and not any(_administers(statement, deployers) for statement in found):
            yield Violation(f"{held.where} lets nobody of the account who deploys change it: {CHANGES} is locked")


def _administers(statement: Statement, deployers: tuple[str, ...]) -> bool:
    """Return whether an Allow lets the deployer, or with none declared somebody of the account, change the policy."""
    if not statement.allows or not statement.covers(CHANGES):
        return False
    names = statement.principals.get("AWS", ())
    if not any(inside().account_of(name) in inside().own for name in names):
        return False
    others = [test for test in statement.conditions if not test.names("aws:PrincipalArn")]
    if others:
        return False
    named = [value for test in statement.conditions if test.plain and test.base in SAME_ARN for value in test.values]
    if not statement.conditions:
        return True
    return any(matches(pattern, deployer) for pattern in named for deployer in deployers) if deployers else bool(named)


RULE = Rule(
    id="kms-key-policy-keeps-an-administrator",
    title="Each key policy lets the deployer change it",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.KEY),
    paths=places.paths_of(Holder.KEY),
    severity=Severity.HIGH,
    remediation="Allow kms:PutKeyPolicy to the account, narrowed to the deployer by aws:PrincipalArn and nothing else.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    options={"deployers": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
