"""Whoever else may take on a role of SageMaker works with a tenant's data outside SageMaker and its network.

Judged are roles that a resource of the stack hands to SageMaker and every tenant's role, which its tenant hands over;
those that people take on to deploy, or applications to call endpoints, are handed to nobody, and other rules judge
whom they trust.
The account as principal lets each of its administrators in.

Source: Amazon SageMaker AI Developer Guide, "How to use SageMaker AI execution roles", trust relationship.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from places import Holder
from rule import Kind, Rule, Severity, Violation, text, texts
from tags import KEY, PLATFORM, is_deployment_role, is_invoking_role, is_persons_role, own_tags

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
HANDED = {
    "aws:sagemaker/notebookInstance:NotebookInstance": "roleArn",
    "aws:sagemaker/userProfile:UserProfile": "userSettings.executionRole",
    "aws:sagemaker/domain:Domain": "defaultUserSettings.executionRole",
    "aws:sagemaker/model:Model": "executionRoleArn",
    "aws:sagemaker/trainingJob:TrainingJob": "roleArn",
    "aws:sagemaker/pipeline:Pipeline": "roleArn",
}
SERVICE = "sagemaker.amazonaws.com"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each principal but SageMaker that may take on one of its roles."""
    services = {SERVICE, *options.texts("extraServices")}
    handed = _handed(stack)
    for role in stack.of_type(ROLE):
        if role.urn not in handed and not _is_tenants(role, str(options["tenantPath"])):
            continue
        for held, statement in documents.statements(role, Holder.TRUST):
            others = {kind for kind, names in statement.principals.items() if not _only(kind, names, services)}
            if statement.allows and (others or not statement.principals):
                yield Violation(f"{held.where}: {statement.label} trusts others than {SERVICE}", role.urn)


def _only(kind: str, names: tuple[str, ...], services: set[str]) -> bool:
    return kind == "Service" and all(name.removesuffix(".cn") in services for name in names)


def _is_tenants(role: Resource, prefix: str) -> bool:
    path, owner = role.read("path"), own_tags(role).value(KEY)
    below = path.unknown or str(path.value or "/").lower().startswith(prefix.lower())
    owned = owner.unknown or (owner.given and owner.value != PLATFORM)
    others = is_persons_role(role) or is_deployment_role(role) or is_invoking_role(role)
    return below or (owned and not others)


def _handed(stack: Stack) -> set[str]:
    """Return the URNs of the roles that resources hand to SageMaker, by what they were taken from or by name."""
    names = {str(role.read("name").value): role.urn for role in stack.of_type(ROLE) if role.read("name").present}
    found: set[str] = set()
    for kind, path in HANDED.items():
        for resource in stack.of_type(kind):
            found.update(resource.came_from(path, ROLE))
            found.update(names.get(str(one.value).rsplit("/", 1)[-1], "") for one in resource.each(path) if one.present)
    return found


RULE = Rule(
    id="iam-sagemaker-role-trusts-sagemaker",
    title="Roles given to SageMaker trust SageMaker and nothing else",
    kind=Kind.STACK,
    types=(ROLE, *HANDED),
    paths=(
        "Role:assumeRolePolicy",
        "Role:path",
        "Role:tags",
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in HANDED.items()),
    ),
    severity=Severity.MEDIUM,
    remediation="Trust sagemaker.amazonaws.com alone.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
    options={"extraServices": texts(), "tenantPath": text("/tenants/")},
    seed=("S2",),
    validate=validate,
)
