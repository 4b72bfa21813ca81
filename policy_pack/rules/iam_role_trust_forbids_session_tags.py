"""Session tags outrank the tags of the role: whoever may bring them chooses whose data the session reaches.

Where tags are brought, the owner must be pinned to the role's own and no other key may come along.

Source: IAM User Guide, "Pass session tags in AWS STS".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from places import Holder
from rule import Kind, Rule, Severity, Violation
from tags import KEY, own_tags

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

ACTION = "sts:TagSession"


def validate(role: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow of session tags that does not pin the owner."""
    for held, statement in documents.statements(role, Holder.TRUST):
        if statement.allows and statement.covers(ACTION) and not _pins_owner(statement, role):
            yield Violation(f"{held.where}: {statement.label} lets the caller bring its own session tags")


def _pins_owner(statement: Statement, role: Resource) -> bool:
    owner = own_tags(role).value(KEY).value
    pinned = any(
        test.plain and test.base == "stringequals" and test.values == (owner,)
        for test in statement.tests(f"aws:RequestTag/{KEY}")
    )
    alone = any(
        test.quantifier == "forallvalues" and test.base == "stringequals" and set(test.values) == {KEY}
        for test in statement.tests("aws:TagKeys")
    )
    return isinstance(owner, str) and pinned and alone


RULE = Rule(
    id="iam-role-trust-forbids-session-tags",
    title="No principal may bring its own session tags to a tenant role",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy", "Role:tags"),
    severity=Severity.HIGH,
    remediation=(
        "Remove sts:TagSession, or pin aws:RequestTag/user to the owner of the role and aws:TagKeys to user alone."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
    mirrored_by=("SCP",),
    validate=validate,
)
