"""A tenant passes every role below its own path: a role that lies under another's path is the other's to use.

Source: IAM User Guide, "IAM identifiers", paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import KEY, PLATFORM, is_persons_role, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding unless path and owner of a role belong together."""
    path, owner = role.read("path"), own_tags(role).value(KEY)
    if path.unknown or owner.unknown:
        yield Undecided(path if path.unknown else owner)
        return
    prefix, given = str(options["tenantPath"]), path.value or "/"
    if owner.given and owner.value != PLATFORM and not is_persons_role(role):
        if not given.startswith(f"{prefix}{owner.value}/"):
            yield Violation(f"path is not {prefix}{owner.value}/, so the role is not its owner's to pass")
    elif given.lower().startswith(prefix.lower()):
        yield Violation(f"path lies below {prefix} although tags.{KEY} names no tenant")


RULE = Rule(
    id="iam-tenant-role-path-is-own",
    title="A tenant role lies under the path of its tenant",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:path", "Role:tags"),
    severity=Severity.HIGH,
    remediation="Set path to the tenant prefix followed by the tenant and a slash.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names",
    options={"tenantPath": text("/tenants/")},
    mirrored_by=("IAM deny",),
    validate=validate,
)
