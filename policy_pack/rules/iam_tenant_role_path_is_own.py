"""A tenant passes every role below its own path: a role that lies under another's path is the other's to use.

The role that deploys its models lies under a path of its own, which the tenant's people reach and it does not pass; so
do the roles that call its endpoints.

Source: IAM User Guide, "IAM identifiers", paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, text
from tags import DEPLOYMENT_PATH, INVOKERS_PATH, KEY, PLATFORM, is_persons_role, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding unless path and owner of a role belong together."""
    path, owner = role.read("path"), own_tags(role).value(KEY)
    if path.unknown or owner.unknown:
        yield Undecided(path if path.unknown else owner)
        return
    prefixes, given = (str(options["tenantPath"]), DEPLOYMENT_PATH, INVOKERS_PATH), path.value or "/"
    below = next((each for each in prefixes if given.lower().startswith(each.lower())), None)
    if owner.given and owner.value != PLATFORM and not is_persons_role(role):
        own = f"{below or prefixes[0]}{owner.value}/"
        if not given.startswith(own):
            yield Violation(f"path is not {own}, so the role is not its owner's to pass or to take on")
    elif below:
        yield Violation(f"path lies below {below} although tags.{KEY} names no tenant")


RULE = Rule(
    id="iam-tenant-role-path-is-own",
    title="A tenant role lies under a path of its tenant",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:path", "Role:tags"),
    severity=Severity.HIGH,
    remediation="Set path to the tenant prefix, or that of deployment or invokers, followed by the tenant and a slash.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names",
    options={"tenantPath": text("/tenants/")},
    mirrored_by=("IAM deny",),
    validate=validate,
)
