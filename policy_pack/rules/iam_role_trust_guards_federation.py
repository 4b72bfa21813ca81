"""A provider signs for many audiences and many people; without a condition each of them takes on the role.

SAML: the sign-in address as audience. OpenID: the audience, and the subject, which says whose token it is. A test that
holds without the claim, or a star alone, asks for nothing.

Source: IAM User Guide, "Create a role for a third-party identity provider", conditions of trust policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

SAML, OPENID = ":saml-provider/", ":oidc-provider/"


def validate(role: Resource, _options: Options) -> Findings:
    """Yield a finding for each claim that a trust in a provider leaves open."""
    for held, statement in documents.statements(role, Holder.TRUST):
        for claim in _open_claims(statement) if statement.allows else ():
            yield Violation(f"{held.where}: {statement.label} trusts a provider and does not demand {claim}")


def _open_claims(statement: Statement) -> Iterator[str]:
    for name in statement.principals.get("Federated", ()):
        host = name.partition(OPENID)[2] if OPENID in name else name
        claims = ("SAML:aud",) if SAML in name else (f"{host}:aud", f"{host}:sub")
        yield from (claim for claim in claims if not _demands(statement, claim))


def _demands(statement: Statement, key: str) -> bool:
    return any(
        test.base in ("stringequals", "stringlike")
        and not test.if_exists
        and test.quantifier != "forallvalues"
        and bool(test.values)
        and all(value.strip("*?:") for value in test.values)
        for test in statement.tests(key)
    )


RULE = Rule(
    id="iam-role-trust-guards-federation",
    title="Roles for federated people demand audience and subject",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy",),
    severity=Severity.CRITICAL,
    remediation="Add StringEquals on SAML:aud, or on <provider>:aud and <provider>:sub.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
