"""A principal of another account takes the role out of the platform, and a role without external id serves a deputy.

A trust without an end outlives the contract. An identity provider outside the account is a stranger as well.

Source: IAM User Guide, "Access to AWS accounts owned by third parties", external id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import Inside, inside, strangers
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

EXTERNAL_ID = "sts:ExternalId"


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each foreign principal that is not a listed partner's role with an external id."""
    accounts = inside(options.texts("partnerAccounts"))
    for held, statement in documents.statements(role, Holder.TRUST):
        if not statement.allows:
            continue
        where = f"{held.where}: {statement.label}"
        for name in strangers(statement, accounts):
            account = accounts.account_of(name)
            what = f"account {account}" if account else "a principal that belongs to no account of this partition"
            yield Violation(f"{where} trusts {what}, which is not listed")
        for name in _partners(statement, accounts):
            if ":role/" not in name:
                yield Violation(f"{where} trusts a whole partner account or a user of it instead of one of its roles")
            if not _demands_external_id(statement):
                yield Violation(f"{where} trusts a partner without {EXTERNAL_ID}")
            if not _ends(statement):
                yield Violation(f"{where} trusts a partner without an end, as no date is demanded")


def _partners(statement: Statement, accounts: Inside) -> list[str]:
    names = [name for kind, listed in statement.principals.items() if kind != "Service" for name in listed]
    return [name for name in names if accounts.account_of(name) in accounts.partners - accounts.own]


def _demands_external_id(statement: Statement) -> bool:
    return any(
        test.plain
        and test.base in ("stringequals", "stringlike")
        and bool(test.values)
        and not any(set(value) & set("*?") or not value for value in test.values)
        for test in statement.tests(EXTERNAL_ID)
    )


def _ends(statement: Statement) -> bool:
    """Return whether the trust ends by itself: on a date that every request carries."""
    return any(
        test.quantifier == "" and test.base in ("datelessthan", "datelessthanequals") and bool(test.values)
        for key in ("aws:CurrentTime", "aws:EpochTime")
        for test in statement.tests(key)
    )


RULE = Rule(
    id="iam-role-trust-foreign-account-is-listed",
    title="Other accounts in trust policies are listed, and need an external id and an end",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy",),
    severity=Severity.HIGH,
    remediation="List the partner account, name a role of it, require sts:ExternalId and DateLessThan aws:CurrentTime.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    frameworks=("CKV_AWS_61",),
    options={"partnerAccounts": texts()},
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
