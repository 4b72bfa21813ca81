"""A role that deploys models is worth its trust: the named people of one tenant, and never one who approves.

Roles below the path of deployment are spared the rules for roles of SageMaker and for emergencies, so each of them
names every person exactly: users by ARN, of the owner's tenant, in sessions called after them; federated people by
subject. A pattern, the account alone, another role or a service would let in whom nobody chose. Whom the stack file
puts in the group of approvers may not be among them, and nobody whom it does not put in a group of deployers.

Source: IAM User Guide, "IAM and AWS STS condition context keys" (`sts:RoleSessionName`, `aws:PrincipalArn`);
"Create a role for a third-party identity provider".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import stack_config
from accounts import inside, partition
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from tags import KEY, is_deployment_role, own_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

OPENID = ":oidc-provider/"
OWN_NAME = "${aws:username}"


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each way in that a role below the path of deployment leaves beside its named people."""
    if not is_deployment_role(role):
        return
    owner = own_tags(role).value(KEY)
    if owner.unknown:
        yield Undecided(owner)
    for held, statement in documents.statements(role, Holder.TRUST):
        if statement.allows:
            for problem in _problems(statement, str(owner.value or ""), options):
                yield Violation(f"{held.where}: {statement.label} {problem}")


def _problems(statement: Statement, owner: str, options: Options) -> Iterator[str]:
    kinds = set(statement.principals)
    if kinds == {"AWS"}:
        named = _exact(statement, "aws:PrincipalArn", ("arnequals", "stringequals"))
        if not _accounts_own(statement):
            yield "lets others in than people of the own account"
        if _exact(statement, "aws:PrincipalTag/user", ("stringequals",)) != (owner,):
            yield "does not ask for the owner's tenant in aws:PrincipalTag/user"
        if not any(OWN_NAME in test.values for test in statement.tests("sts:RoleSessionName") if test.plain):
            yield f"does not ask for {OWN_NAME} in sts:RoleSessionName, so the trail does not say who deployed"
    elif kinds == {"Federated"}:
        named = _exact(statement, _subject(statement), ("stringequals",))
    else:
        yield "lets others in than people: it names neither the account nor a provider alone"
        return
    if not named:
        yield "does not name each person exactly"
    declared = _declared(owner, options)
    strangers = sorted(set(named) - declared) if declared is not None else ()
    if strangers:
        groups = ", ".join(options.texts("groups"))
        yield f"names {', '.join(strangers)}, whom the stack file does not put into {groups} of {owner} alone"


def _exact(statement: Statement, key: str, operators: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values that a key must have, where each is said without pattern or variable; else none."""
    tests = [test for test in statement.tests(key) if test.plain and test.base in operators]
    values = tuple(value for test in tests for value in test.values)
    return () if any(sign in value for value in values for sign in "*?$") or len(tests) != 1 else values


def _accounts_own(statement: Statement) -> bool:
    own = inside()
    names = statement.principals["AWS"]
    return all(own.account_of(name) in own.own and (name.isdigit() or name.endswith(":root")) for name in names)


def _subject(statement: Statement) -> str:
    name = next(iter(statement.principals["Federated"]))
    return f"{name.partition(OPENID)[2]}:sub" if OPENID in name else "saml:sub"


def _declared(owner: str, options: Options) -> set[str] | None:
    """Return what trusts call the tenant's deployers, by the stack file; None where that names nobody at all."""
    people = stack_config.people()
    if not people:
        return None
    prefix, own = stack_config.name_prefix(), inside().own
    fitting = {
        name: each for name, each in people.items() if each.get("tenant") == owner and _may(each.get("groups"), options)
    }
    subjects = {str(each["subject"]) for each in fitting.values() if each.get("subject")}
    return subjects | {f"{arn}user/{prefix}-{name}" for name in fitting for arn in map(_iam, own)}


def _may(groups: object, options: Options) -> bool:
    listed = set(groups) if isinstance(groups, list) else set()
    return bool(listed & set(options.texts("groups"))) and not listed & set(options.texts("neverWith"))


def _iam(account: str) -> str:
    return f"arn:{partition()}:iam::{account}:"


RULE = Rule(
    id="iam-deployment-role-is-bound",
    title="A role that deploys models names its people, and none who approves",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy", "Role:path", "Role:tags"),
    severity=Severity.CRITICAL,
    remediation="Name each person by ARN or subject, with owner's tag and session name; put approvers nowhere else.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    options={"groups": texts("mlops"), "neverWith": texts("approvers")},
    seed=("S3",),
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
