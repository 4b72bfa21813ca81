"""The boundary says what a tenant may do at most; the shared policies deny the rest, where their role carries them.

A role that a notebook works as, that deploys, calls endpoints or may start work, carries the perimeter too: without it
the calls may come from anywhere. The boundary itself is never attached: as a policy it would grant all that it is meant
to limit.

Source: IAM User Guide, "Policy evaluation logic"; "Data perimeters on AWS", network perimeter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import arn, inside
from documents import matches
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from siblings import find
from tags import is_deployment_role, is_invoking_role, is_persons_role, is_tenants_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reading import Reading
    from resources import Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance"
EXCLUSIVE = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each guardrail that a tenant's role lacks, and for each policy that it must not carry."""
    attached = find(stack, (ROLE,), (EXCLUSIVE,), "roleName")
    roles = Origins(stack, ROLE)
    of_notebooks = {role.urn for one in stack.of_type(NOTEBOOK) for role in roles.of(one, "roleArn").resources}
    for role in attached.parents:
        if not is_tenants_role(role, str(options["tenantPath"])):
            continue
        carried = [found for one in attached.of[role.urn] for found in as_registered(one).each("policyArns[]")]
        for found in carried:
            if found.unknown:
                yield Undecided(found, role.urn)
        # A person's bounds hold its perimeter; either of them is enough.
        bounds = options.texts("peopleGuardrails") if is_persons_role(role) else ()
        # Who deploys does so by hand: from inside, like a notebook, and under the limits of the stage.
        deploys = is_deployment_role(role)
        more = options.texts("deploymentGuardrails") if deploys else ()
        for problem in _problems(
            carried, options, bounds, more, inside_only=deploys or is_invoking_role(role) or role.urn in of_notebooks
        ):
            yield Violation(problem, role.urn)


def _problems(
    carried: Sequence[Reading], options: Options, bounds: Sequence[str], more: Sequence[str], *, inside_only: bool
) -> Iterator[str]:
    """Yield what is wrong with the policies that a role carries."""
    perimeter = options.texts("notebookGuardrails")
    for pattern in (*options.texts("guardrails"), *more, *(perimeter if inside_only else ())):
        if not any(_is(found, pattern) for found in carried):
            yield f"no attachment of this stack gives the role the policy {pattern}"
    is_inside = all(any(_is(found, pattern) for found in carried) for pattern in perimeter)
    if bounds:
        is_inside = any(_is(found, pattern) for found in carried for pattern in bounds)
        if not is_inside:
            yield f"no attachment of this stack gives the person {' or '.join(bounds)}"
    for found in carried:
        if any(_is(found, pattern) for pattern in options.texts("ceilings")):
            yield f"{found.where} grants a boundary, which is a ceiling and no grant"
        if not is_inside and any(_is(found, pattern) for pattern in options.texts("perimeterGrants")):
            yield f"{found.where} grants a person's work without {', '.join(perimeter)}"


def _is(found: Reading, pattern: str) -> bool:
    named = arn(str(found.value)) if found.present else None
    return (
        named is not None
        and inside().owns(str(found.value), service="iam")
        and named.resource.startswith("policy/")
        and matches(pattern, named.resource.rsplit("/", 1)[-1])
    )


RULE = Rule(
    id="iam-tenant-role-carries-guardrails",
    title="Each tenant role carries the shared guardrails, and a notebook's the perimeter",
    kind=Kind.STACK,
    types=(ROLE, EXCLUSIVE, NOTEBOOK),
    paths=(
        "RolePolicyAttachmentsExclusive:roleName",
        "RolePolicyAttachmentsExclusive:policyArns[]",
        "Role:path",
        "Role:tags",
        "NotebookInstance:roleArn",
    ),
    severity=Severity.CRITICAL,
    remediation="List every guardrail in policyArns of the role's exclusive attachments.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    options={
        "tenantPath": text("/tenants/"),
        "guardrails": texts("*-tenant-network", "*-tenant-surface", "*-tenant-tenancy", "*-tenant-egress"),
        "notebookGuardrails": texts("*-tenant-perimeter"),
        "deploymentGuardrails": texts("*-tenant-stage"),
        "peopleGuardrails": texts("*-people-author-bounds", "*-people-bounds"),
        "perimeterGrants": texts("*-tenant-work", "*-tenant-notebooks"),
        "ceilings": texts("*-tenant-boundary"),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
