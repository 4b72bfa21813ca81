"""A role of a federated person is as good as its trust: one provider, one human being, no tags from outside.

Roles below the people's path are spared the rules for tenants' workloads, so each of them has a boundary of people,
trusts a provider and nobody else, and names one subject exactly: a pattern, or a list, would be several human beings
under one name in the trail.

Source: IAM User Guide, "Create a role for a third-party identity provider"; "IAM and AWS STS condition context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import arn, inside
from documents import matches
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from tags import is_persons_role

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

OPENID = ":oidc-provider/"


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each bound that a role below the people's path lacks."""
    if not is_persons_role(role):
        return
    boundary = role.read("permissionsBoundary")
    if boundary.unknown:
        yield Undecided(boundary)
    elif not any(_names(str(boundary.value or ""), pattern) for pattern in options.texts("boundaryNames")):
        listed = ", ".join(options.texts("boundaryNames"))
        yield Violation(f"permissionsBoundary is no policy of this account called {listed}")
    for held, statement in documents.statements(role, Holder.TRUST):
        if not statement.allows:
            continue
        where = f"{held.where}: {statement.label}"
        if set(statement.principals) != {"Federated"}:
            yield Violation(f"{where} lets others in than a provider's people")
        if not _one_subject(statement):
            yield Violation(f"{where} does not name one subject exactly")
        if statement.covers("sts:TagSession"):
            yield Violation(f"{where} lets tags of the session in, which outrank those of the role")


def _one_subject(statement: Statement) -> bool:
    keys = {
        f"{name.partition(OPENID)[2]}:sub" if OPENID in name else "saml:sub"
        for name in statement.principals.get("Federated", ())
    }
    exact = [
        key
        for key in keys
        for test in statement.tests(key)
        if test.plain and test.base == "stringequals" and len(test.values) == 1 and "${" not in test.values[0]
    ]
    return bool(keys) and set(exact) == keys


def _names(text: str, pattern: str) -> bool:
    found = arn(text)
    return (
        found is not None
        and inside().owns(text, service="iam")
        and found.resource.startswith("policy/")
        and matches(pattern, found.resource.rsplit("/", 1)[-1])
    )


RULE = Rule(
    id="iam-federated-person-is-bound",
    title="A federated person's role has a boundary and trusts one subject of a provider",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy", "Role:permissionsBoundary", "Role:path"),
    severity=Severity.CRITICAL,
    remediation="Set the people's boundary; trust the provider alone, with StringEquals on one subject.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html",
    options={"boundaryNames": texts("*-people-boundary", "*-people-platform-boundary")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
