"""Whoever works as a role before its policies are attached fails, or does what they were to deny.

Source: Pulumi documentation, "dependsOn"; IAM User Guide, "Troubleshoot IAM", changes are not always immediately
visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import Reach
from origins import Origins
from rule import Kind, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
HANDED = {
    "aws:sagemaker/notebookInstance:NotebookInstance": "roleArn",
    "aws:sagemaker/model:Model": "executionRoleArn",
    "aws:sagemaker/trainingJob:TrainingJob": "roleArn",
    "aws:ec2/flowLog:FlowLog": "iamRoleArn",
    "aws:cloudtrail/trail:Trail": "cloudWatchLogsRoleArn",
    "aws:budgets/budgetAction:BudgetAction": "executionRoleArn",
}
ATTACHMENTS = {
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "roleName",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "role",
    "aws:iam/rolePolicy:RolePolicy": "role",
}


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each host or service that does not wait for what its role carries."""
    reach, roles = Reach(stack), Origins(stack, ROLE)
    lists = [find(stack, (ROLE,), (kind,), path) for kind, path in ATTACHMENTS.items()]
    for kind, path in HANDED.items():
        for host in stack.of_type(kind):
            for role in roles.of(host, path).resources:
                late = [
                    one.name for found in lists for one in found.of[role.urn] if not reach.waits_for(host.urn, one.urn)
                ]
                if late:
                    yield Violation(
                        f"it does not wait for {', '.join(late)}, which its role {role.name} needs", host.urn
                    )


RULE = Rule(
    id="iam-role-user-waits-for-its-policies",
    title="Whatever works as a role waits for the role's policies",
    kind=Kind.STACK,
    types=(*HANDED, *ATTACHMENTS, ROLE),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in {**HANDED, **ATTACHMENTS}.items()),
        "Role:name",
    ),
    severity=Severity.MEDIUM,
    remediation="Add the attachments of the role, or the component that holds them, to depends_on.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/",
    validate=validate,
)
