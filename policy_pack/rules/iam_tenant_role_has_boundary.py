"""Without the boundary whatever is attached to a tenant's role later takes effect.

A role is a tenant's by its path or by its owner's tag. The ARN is built from account and name, so that it can be
compared in a first preview. The role that deploys, and one that calls endpoints, has a narrower boundary: its own
grant.

Source: IAM User Guide, "Permissions boundaries for IAM entities".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import arn, inside
from documents import matches
from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import KEY, PLATFORM, is_deployment_role, is_invoking_role, is_persons_role, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for a tenant's role without the platform's boundary."""
    path, owner = role.read("path"), own_tags(role).value(KEY)
    for found in (path, owner):
        if found.unknown:
            yield Undecided(found)
    below = isinstance(path.value, str) and path.value.lower().startswith(str(options["tenantPath"]).lower())
    deploys, invokes = is_deployment_role(role), is_invoking_role(role)
    if not below and not deploys and not invokes and (owner.absent or owner.value == PLATFORM or is_persons_role(role)):
        return
    option = "deploymentBoundaryName" if deploys else "invokingBoundaryName" if invokes else "boundaryName"
    name = str(options[option])
    boundary = role.read("permissionsBoundary")
    if boundary.unknown:
        yield Undecided(boundary)
    elif not boundary.given:
        yield Violation("permissionsBoundary is absent: whatever is attached to the role takes effect")
    elif not _is_the_platforms(str(boundary.value), name):
        yield Violation(f"permissionsBoundary is no policy of this account called {name}")


def _is_the_platforms(text: str, name: str) -> bool:
    found = arn(text)
    return (
        found is not None
        and inside().owns(text, service="iam")
        and found.resource.startswith("policy/")
        and matches(name, found.resource.rsplit("/", 1)[-1])
    )


RULE = Rule(
    id="iam-tenant-role-has-boundary",
    title="Each tenant role has the platform boundary",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:permissionsBoundary", "Role:path", "Role:tags"),
    severity=Severity.CRITICAL,
    remediation="Set permissionsBoundary to the platform boundary on every role under the tenant path.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    options={
        "tenantPath": text("/tenants/"),
        "boundaryName": text("*-tenant-boundary"),
        "deploymentBoundaryName": text("*-tenant-deployment"),
        "invokingBoundaryName": text("*-invoker--*"),
    },
    seed=("S3",),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
