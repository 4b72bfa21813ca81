"""A key policy that speaks of the whole account lets everybody in whom IAM lets in, and the deployer read all data.

Who may use a key is named by `aws:PrincipalArn`, the deployer not among them, and works through a service; grants are
for what AWS does for them.

Source: AWS KMS Developer Guide, "Default key policy" and "Condition keys for AWS KMS", kms:ViaService and
kms:GrantIsForAWSResource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import SAME_ARN
from documents import matches
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

USES = tuple(f"kms:{name}" for name in ("Decrypt", "GenerateDataKey", "ReEncryptFrom", "Encrypt"))
GRANT = "kms:CreateGrant"


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow that reaches further than its use."""
    deployers = stack_config.deployer(options.texts("deployers")).names
    for held, statement in documents.statements(key, Holder.KEY):
        if statement.allows:
            for problem in _problems(statement, deployers):
                yield Violation(f"{held.where}: {statement.label} {problem}")


def _problems(statement: Statement, deployers: tuple[str, ...]) -> Iterator[str]:
    """Yield what an Allow leaves open; one for services alone is the question of another rule."""
    if set(statement.principals) == {"Service"}:
        return
    named = [
        value
        for test in statement.tests("aws:PrincipalArn")
        if test.plain and test.base in SAME_ARN
        for value in test.values
    ]
    if not named:
        yield "names nobody by aws:PrincipalArn, so it holds for the whole account"
    if any(statement.covers(use) for use in USES):
        if any(matches(pattern, deployer) for pattern in named for deployer in deployers):
            yield "lets the deployer use the key"
        if not _demands(statement, "kms:ViaService", ("stringequals", "stringlike")):
            yield "lets the key be used directly, as kms:ViaService is not demanded"
    if statement.covers(GRANT) and not _demands(statement, "kms:GrantIsForAWSResource", ("bool",)):
        yield f"allows {GRANT} for anybody, as kms:GrantIsForAWSResource is not demanded"


def _demands(statement: Statement, key: str, operators: tuple[str, ...]) -> bool:
    """Return whether a test demands a value, none of which is a bare star or a refusal."""
    return any(
        test.plain and test.base in operators and bool(test.values) and not {"*", "false"} & set(test.values)
        for test in statement.tests(key)
    )


RULE = Rule(
    id="kms-key-policy-limits-use",
    title="Key policies name who uses the key, through a service, and never the deployer",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.KEY),
    paths=places.paths_of(Holder.KEY),
    severity=Severity.HIGH,
    remediation="Add conditions on aws:PrincipalArn, kms:ViaService and kms:GrantIsForAWSResource to the statement.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
    options={"deployers": texts()},
    validate=validate,
)
