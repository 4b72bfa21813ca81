"""A role that another role may take on is reached by a chain: the second factor and whose session it was get lost.

A role that trusts itself renews its sessions for ever. The deployer may take on roles of the stack.

Source: IAM User Guide, "Roles terms and concepts", role chaining; "Use IAM roles", roles that assume themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import stack_config
from accounts import inside
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

ROLES = (":role/", ":assumed-role/")


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each role of the own account that the trust policy names and nobody listed."""
    listed = {*options.texts("allowedRoles"), *stack_config.deployer(()).names}
    own = inside()
    for held, statement in documents.statements(role, Holder.TRUST):
        names = statement.principals.get("AWS", ()) if statement.allows else ()
        for name in names:
            if any(kind in name for kind in ROLES) and own.account_of(name) in own.own and name not in listed:
                yield Violation(f"{held.where}: {statement.label} lets a role of this account take on the role")


RULE = Rule(
    id="iam-role-trust-names-no-role",
    title="No role takes on another, or itself",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy",),
    severity=Severity.HIGH,
    remediation="Trust a service, or the account with a second factor, or list the role with a reason.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining",
    options={"allowedRoles": texts()},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
