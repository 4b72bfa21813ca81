"""Whoever works as another's role is the other: each resource of a tenant works as a role of its own tenant.

A role is a tenant's by its owner's tag; one that is not of this stack by its path.

Source: Amazon SageMaker AI Developer Guide, "How to use SageMaker AI execution roles".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import arn, inside
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import tenant_of

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
HANDED: dict[str, tuple[str, ...]] = {
    "aws:sagemaker/notebookInstance:NotebookInstance": ("roleArn",),
    "aws:sagemaker/userProfile:UserProfile": ("userSettings.executionRole",),
    "aws:sagemaker/model:Model": ("executionRoleArn",),
    "aws:sagemaker/trainingJob:TrainingJob": ("roleArn",),
    "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob": (
        "trainingJobDefinition.roleArn",
        "trainingJobDefinitions[].roleArn",
    ),
    "aws:sagemaker/pipeline:Pipeline": ("roleArn",),
    "aws:sagemaker/featureGroup:FeatureGroup": ("roleArn",),
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": ("roleArn",),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": ("executionRoleArn",),
}


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each role of a tenant's resource that is not, or may not be, the tenant's own."""
    roles = Origins(stack, ROLE)
    for kind, paths in HANDED.items():
        for resource in stack.of_type(kind):
            owner = tenant_of(resource)
            if owner is None:
                continue
            own_path = f"role{options['tenantPath']}{owner}/"
            for path in paths:
                found = roles.of(resource, path)
                for role in found.resources:
                    if tenant_of(role) != owner:
                        yield Violation(f"{path} is the role {role.name}, which is not the tenant's", resource.urn)
                for one in (one for one in as_registered(resource).each(path) if one.present and one.given):
                    if not _lies_below(str(one.value), own_path):
                        yield Violation(f"{one.where} names no role of this account below {own_path}", resource.urn)
                for one in found.untold:
                    yield Undecided(one, resource.urn)


def _lies_below(text: str, own_path: str) -> bool:
    found = arn(text)
    return found is not None and inside().owns(text, service="iam") and found.resource.startswith(own_path)


RULE = Rule(
    id="sagemaker-execution-role-is-not-shared",
    title="Each tenant's resource works as a role of its own tenant",
    kind=Kind.STACK,
    types=(*HANDED, ROLE),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in HANDED.items() for path in paths),
        "Role:tags",
    ),
    severity=Severity.CRITICAL,
    remediation="Give each tenant its own role below its own path, and pass only that one.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
    options={"tenantPath": text("/tenants/")},
    seed=("S1",),
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
