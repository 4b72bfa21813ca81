"""A grant to delete versions or to lift a lock undoes what buckets keep; one of any grant hands a key to anybody.

The bucket's policy refuses the one and the key's policy the other, so nobody notices the grant until that lock is
lost. Boundaries are ceilings: of grants they leave what is granted beside them.

Source: Amazon S3 User Guide, "Deleting object versions"; AWS KMS Developer Guide, "kms:GrantIsForAWSResource".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from documents import matches
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

GRANT, FOR_AWS = "kms:CreateGrant", "kms:GrantIsForAWSResource"


def validate(holder: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow of an identity that reaches what was kept, or hands out a key."""
    ceiling = any(matches(one, str(holder.read("name").value)) for one in options.texts("ceilings"))
    for held, statement in documents.statements(holder, Holder.IDENTITY):
        if not statement.allows or statement.not_actions:
            continue
        for action in options.texts("keptActions"):
            if statement.covers(action):
                yield Violation(f"{held.where}: {statement.label} allows {action}")
        if statement.covers(GRANT) and not ceiling and not _for_aws(statement):
            yield Violation(f"{held.where}: {statement.label} allows {GRANT} to anybody: {FOR_AWS} is not demanded")


def _for_aws(statement: Statement) -> bool:
    return any(test.base == "bool" and test.plain and test.values == ("true",) for test in statement.tests(FOR_AWS))


RULE = Rule(
    id="iam-allow-keeps-versions-and-keys",
    title="No grant deletes versions, lifts a lock or hands out a key",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=places.paths_of(Holder.IDENTITY),
    severity=Severity.MEDIUM,
    remediation="Leave old versions to the lifecycle, and demand kms:GrantIsForAWSResource of grants.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
    options={
        "keptActions": texts(
            "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention", "s3:PutObjectRetention", "s3:PutObjectLegalHold"
        ),
        "ceilings": texts("*-boundary"),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
