"""Whoever has no role of its own in a domain works as the domain's default one, and so does all of a shared space.

Such a role belongs to no tenant, so nothing that is granted to it can be bound to an owner. AWS asks for one all the
same: one of this stack that carries no policy.

Source: Amazon SageMaker API Reference, CreateDomain, `DefaultUserSettings` and `DefaultSpaceSettings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
from grants import EXCLUSIVE, INLINE, LABELS, ROLE, SINGLE
from grants import TYPES as GRANTING
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

DOMAIN = "aws:sagemaker/domain:Domain"
DEFAULTS = ("defaultUserSettings.executionRole", "defaultSpaceSettings.executionRole")


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each default role that is none of the stack's, or that carries a policy."""
    roles = Origins(stack, ROLE)
    powerful = _with_policies(stack)
    for domain in stack.of_type(DOMAIN):
        for path in DEFAULTS:
            yield from roles.strangers(domain, path, "is no role of this stack")
            for role in roles.of(domain, path).resources:
                if role.urn in powerful:
                    yield Violation(f"{path} is the role {role.name}, which carries policies", domain.urn)


def _with_policies(stack: Stack) -> set[str]:
    """Return the URNs of roles that carry a policy: inside, beside or attached, known or not."""
    inline = find(stack, (ROLE,), (INLINE,), "role")
    attached = [find(stack, (ROLE,), (kind,), attachments.PRINCIPALS[kind][0]) for kind in (SINGLE, EXCLUSIVE)]
    untold = any(found.unattributed for found in (inline, *attached))
    return {
        role.urn
        for role in inline.parents
        if untold
        or inline.of[role.urn]
        or as_registered(role).read("inlinePolicies").given
        or any(
            attachments.policies(as_registered(one))
            for one in (role, *(each for found in attached for each in found.of[role.urn]))
        )
    }


RULE = Rule(
    id="sagemaker-domain-default-role-is-powerless",
    title="The default roles of a domain carry no policy",
    kind=Kind.STACK,
    types=(DOMAIN, *GRANTING),
    paths=(*(f"Domain:{path}" for path in DEFAULTS), *LABELS),
    severity=Severity.HIGH,
    remediation="Give the domain a role of the stack without any policy, and each profile a role of its own.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
