"""A notebook under another tenant's group stands among the other's hosts, which admit each other.

Shared groups are carried by all; what they admit is the question of `tenant-security-group-admits-only-itself`.

Source: Amazon EC2 User Guide, "Security group referencing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation
from security_groups import GROUPS
from tags import tenant_of

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each notebook that carries another tenant's group, or none of its own."""
    groups = Origins(stack, *GROUPS)
    for notebook in stack.of_type(NOTEBOOK):
        owner = tenant_of(notebook)
        if owner is None or not as_registered(notebook).read("securityGroups").given:
            continue
        found = groups.of(notebook, "securityGroups[]")
        owners = {tenant_of(group) for group in found.resources}
        for one in found.untold:
            yield Undecided(one, notebook.urn)
        for other in sorted(other for other in owners if other not in (None, owner)):
            yield Violation(f"securityGroups names a group of the tenant {other}", notebook.urn)
        if owner not in owners and not found.untold:
            yield Violation(f"securityGroups names no group of the tenant {owner}", notebook.urn)


RULE = Rule(
    id="sagemaker-notebook-has-own-security-group",
    title="Each notebook carries a security group of its own tenant and of no other",
    kind=Kind.STACK,
    types=(NOTEBOOK, *GROUPS),
    paths=("NotebookInstance:securityGroups[]", "SecurityGroup:tags"),
    severity=Severity.HIGH,
    remediation="Create one security group for each tenant and attach it to that tenant's notebooks only.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
