"""A role that calls endpoints is worth its list: who takes it on, and what it calls, are named one by one.

Roles below the path of invokers are spared the rules for roles of SageMaker and of people, so each of them trusts
listed roles of the own account and nobody else. A pattern, the account alone, a user or a service would let in whom
nobody chose. Where the stack file declares invokers, the roles are those that it lists for one of the role's name.

Source: IAM User Guide, "AWS global condition context keys" (`aws:PrincipalArn`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import declared_invokers
import documents
from accounts import inside
from places import Holder
from rule import Kind, Rule, Severity, Violation
from tags import is_invoking_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, _options: Options) -> Findings:
    """Yield a finding for each way in that a role below the path of invokers leaves beside its listed roles."""
    if not is_invoking_role(role):
        return
    name = str(role.read("name").value or "")
    for held, statement in documents.statements(role, Holder.TRUST):
        if statement.allows:
            for problem in _problems(statement, name):
                yield Violation(f"{held.where}: {statement.label} {problem}")


def _problems(statement: Statement, name: str) -> Iterator[str]:
    own = inside()
    names = statement.principals.get("AWS", ())
    if set(statement.principals) != {"AWS"} or not all(
        own.account_of(each) in own.own and (each.isdigit() or each.endswith(":root")) for each in names
    ):
        yield "lets others in than the own account"
        return
    tests = [test for test in statement.tests("aws:PrincipalArn") if test.plain and test.base == "arnequals"]
    named = [value for test in tests for value in test.values]
    if len(tests) != 1 or any(sign in value for value in named for sign in "*?$"):
        yield "does not name each role exactly in aws:PrincipalArn"
        return
    if others := sorted(each for each in named if ":role/" not in each):
        yield f"names {', '.join(others)}, which is no role"
    listed = declared_invokers.roles()
    if listed and (strangers := sorted(set(named) - _of(listed, name))):
        yield f"names {', '.join(strangers)}, which the stack file does not list for this invoker"


def _of(listed: dict[str, tuple[str, ...]], name: str) -> set[str]:
    """Return the roles that the stack file lists for the invoker whose role has this name."""
    return {role for invoker, roles in listed.items() if name.endswith(f"-invoker--{invoker}") for role in roles}


RULE = Rule(
    id="iam-invoking-role-is-bound",
    title="A role that calls endpoints names the roles that take it on",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy", "Role:path", "Role:tags", "Role:name"),
    severity=Severity.HIGH,
    remediation="Trust the own account with ArnEquals aws:PrincipalArn of the roles that the stack file lists.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    options={},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
