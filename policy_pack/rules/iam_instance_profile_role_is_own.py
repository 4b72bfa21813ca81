"""An instance works as the role of its profile: a role made by hand is judged by nobody, and a tenant's is the tenant.

Source: IAM User Guide, "Use instance profiles".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import Origins
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import is_tenants_role

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

ROLE, PROFILE = "aws:iam/role:Role", "aws:iam/instanceProfile:InstanceProfile"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each profile whose role is a tenant's, or of nobody here."""
    roles = Origins(stack, ROLE)
    for profile in stack.of_type(PROFILE):
        found = roles.of(profile, "role", options.texts("adoptedRoles"))
        for role in found.resources:
            if is_tenants_role(role, str(options["tenantPath"])):
                yield Violation("role is a tenant's, which instances may not work as", profile.urn)
        for _ in found.foreign:
            yield Violation("role is not of this stack", profile.urn)
        for one in found.untold:
            yield Undecided(one, profile.urn)


RULE = Rule(
    id="iam-instance-profile-role-is-own",
    title="Instance profiles hold roles of the platform",
    kind=Kind.STACK,
    types=(PROFILE, ROLE),
    paths=("InstanceProfile:role", "Role:path", "Role:tags"),
    severity=Severity.HIGH,
    remediation="Give the profile a role of the platform that this stack makes.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
    options={"tenantPath": text("/tenants/"), "adoptedRoles": texts()},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
