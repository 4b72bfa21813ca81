"""Code that a tenant wrote works with the role of its job or notebook: the role reaches what is named, and no more.

A star is taken only after a verb that reads. Buckets are named, those of the stack or listed ones, since `*sagemaker*`
is also part of objects' names elsewhere. No such role takes on another.

Source: Amazon SageMaker AI Developer Guide, "How to use SageMaker AI execution roles".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import arn
from buckets import BUCKETS
from documents import matches
from grants import LABELS, TYPES, carried
from origins import Origins
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import is_tenants_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options

HANDED = {
    "aws:sagemaker/notebookInstance:NotebookInstance": "roleArn",
    "aws:sagemaker/userProfile:UserProfile": "userSettings.executionRole",
    "aws:sagemaker/domain:Domain": "defaultUserSettings.executionRole",
    "aws:sagemaker/trainingJob:TrainingJob": "roleArn",
    "aws:sagemaker/model:Model": "executionRoleArn",
    "aws:sagemaker/pipeline:Pipeline": "roleArn",
}
ASSUME = "sts:AssumeRole"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each Allow that gives a role of SageMaker more than it should have."""
    roles = Origins(stack, "aws:iam/role:Role")
    handed = {
        role.urn
        for kind, path in HANDED.items()
        for resource in stack.of_type(kind)
        for role in roles.of(resource, path).resources
    }
    buckets = frozenset(str(one.read("bucket").value) for one in stack.of_type(*BUCKETS))
    problems: dict[str, list[str]] = {}
    for found in carried(stack):
        if found.role.urn not in handed and not is_tenants_role(found.role, str(options["tenantPath"])):
            continue
        for one in found.untold:
            yield Undecided(one, found.role.urn)
        for holder in found.holders:
            if holder.urn not in problems:
                problems[holder.urn] = list(_problems(holder, buckets, options))
            for problem in problems[holder.urn]:
                yield Violation(f"{holder.name}: {problem}", found.role.urn)


def _problems(holder: Resource, buckets: frozenset[str], options: Options) -> Iterator[str]:
    for _, statement in documents.statements(holder, Holder.IDENTITY):
        if not statement.allows:
            continue
        wide = [one for one in statement.actions if not _is_named(one, options.texts("allowedPrefixes"))]
        if wide:
            yield f"{statement.label} allows {wide[0]}, a star after something else than reading"
        if any(one.lower().startswith("s3:") or one.startswith("*") for one in statement.actions):
            strange = [one for one in statement.resources if not _is_own_bucket(one, buckets, options)]
            if strange or not statement.resources:
                yield f"{statement.label} allows S3 on other buckets than those of the stack"
        if statement.covers(ASSUME) and not set(statement.resources) <= set(options.texts("allowedRoleArns")):
            yield f"{statement.label} allows {ASSUME} on roles that are not listed"


def _is_named(action: str, prefixes: tuple[str, ...]) -> bool:
    service, _, name = action.partition(":")
    before = name.split("*", 1)[0].split("?", 1)[0]
    if before == name:
        return "*" not in service
    return "*" not in service and before.lower().startswith(tuple(prefix.lower() for prefix in prefixes))


def _is_own_bucket(pattern: str, buckets: frozenset[str], options: Options) -> bool:
    found = arn(pattern)
    if found is None or found.service != "s3":
        return False
    name = found.resource.partition("/")[0]
    return name in buckets or any(matches(one, name) for one in options.texts("allowedBuckets"))


RULE = Rule(
    id="iam-sagemaker-role-has-no-wildcard-action",
    title="Roles given to SageMaker name actions and buckets, and take on no other role",
    kind=Kind.STACK,
    types=(*TYPES, *HANDED, *BUCKETS),
    paths=(
        *LABELS,
        "Role:path",
        "Role:tags",
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in HANDED.items()),
        *(f"{kind.rsplit(':', 1)[-1]}:bucket" for kind in BUCKETS),
    ),
    severity=Severity.HIGH,
    remediation="List the actions and the tenant's buckets; a star is accepted only after a read verb.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
    frameworks=(
        "CKV2_AWS_68",
        "Stave NOTEBOOK.OVERPERM.ADMIN",
        "Stave PIPELINE.OVERPERM",
        "Stave NOTEBOOK.OVERPERM.S3",
        "Stave ENDPOINT.OVERPERM.S3",
        "Stave TRAINING.OVERPERM.S3",
        "Stave NOTEBOOK.ASSUMEROLE",
    ),
    options={
        "allowedPrefixes": texts("Describe", "List", "Get", "BatchGet"),
        "allowedBuckets": texts(),
        "allowedRoleArns": texts(),
        "tenantPath": text("/tenants/"),
    },
    aliases=("iam-sagemaker-role-s3-is-scoped", "iam-sagemaker-role-assume-role-is-scoped"),
    seed=("S1", "S3", "S4"),
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
