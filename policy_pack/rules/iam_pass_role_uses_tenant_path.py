"""Whoever passes a role to a service works with that role's rights.

Source: IAM User Guide, "Grant a user permissions to pass a role to an AWS service".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import arn, inside
from places import Holder
from rule import Kind, Rule, Severity, Violation, text, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

ACTION = "iam:PassRole"
PASSED_TO = "iam:PassedToService"


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow of PassRole on other roles or to other services."""
    for held, statement in documents.statements(resource, Holder.IDENTITY):
        if not statement.allows or not statement.covers(ACTION):
            continue
        where = f"{held.where}: {statement.label}"
        if not statement.resources or not all(
            _own_path(one, str(options["passRoleArnPattern"])) for one in statement.resources
        ):
            yield Violation(f"{where} allows {ACTION} on other roles than {options['passRoleArnPattern']}")
        if not _to_listed_services(statement, options.texts("passedToServices")):
            yield Violation(f"{where} allows {ACTION} to any service, as {PASSED_TO} is not demanded")


def _own_path(text: str, pattern: str) -> bool:
    """Return whether an ARN is the pattern of the own path, or lies below it: one role of the path is less than all."""
    found = arn(text)
    below = pattern.removesuffix("*")
    return found is not None and inside().owns(text, service="iam") and found.resource.startswith(below)


def _to_listed_services(statement: Statement, services: tuple[str, ...]) -> bool:
    return any(
        test.plain
        and test.base in ("stringequals", "stringlike")
        and bool(test.values)
        and all(value in services for value in test.values)
        for test in statement.tests(PASSED_TO)
    )


RULE = Rule(
    id="iam-pass-role-uses-tenant-path",
    title="PassRole is allowed only for roles of one's own path and only to SageMaker",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=places.paths_of(Holder.IDENTITY),
    severity=Severity.CRITICAL,
    remediation=(
        "Allow iam:PassRole on role/tenants/${aws:PrincipalTag/user}/* with iam:PassedToService "
        "sagemaker.amazonaws.com; the slash before the star matters."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    frameworks=(
        "Stave NOTEBOOK.OVERPERM.PASSROLE",
        "Stave TRAINING.OVERPERM.PASSROLE",
    ),
    options={
        "passRoleArnPattern": text("role/tenants/${aws:PrincipalTag/user}/*"),
        "passedToServices": texts("sagemaker.amazonaws.com"),
    },
    seed=("S2",),
    mirrored_by=("IAM deny",),
    validate=validate,
)
