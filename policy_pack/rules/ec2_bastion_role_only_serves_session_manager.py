"""Everybody on a machine acts as the machine's role: on a bastion those are all tenants, so the role may do nothing.

What Session Manager needs is a report of the machine and the four channel actions; the AWS managed policy for it reads
every parameter of the account. Groups of actions and NotAction count as more than what is listed.

Source: AWS Systems Manager User Guide, "Verify or add instance permissions for Session Manager"; Service Authorization
Reference, Amazon Session Manager Message Gateway Service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
import stack_config
from documents import statements
from machines import INSTANCE, TEMPLATE, template_of
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options

PROFILE, ROLE = "aws:iam/instanceProfile:InstanceProfile", "aws:iam/role:Role"
INLINE = "aws:iam/rolePolicy:RolePolicy"
PROFILES: dict[str, tuple[str, ...]] = {
    INSTANCE: ("iamInstanceProfile",),
    TEMPLATE: ("iamInstanceProfile.name", "iamInstanceProfile.arn"),
}
ATTACHED = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "role",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "roleName",
    "aws:iam/policyAttachment:PolicyAttachment": "roles[]",
}

LEGACY_MESSAGES = {
    f"ec2messages:{name}"
    for name in ("acknowledgemessage", "deletemessage", "failmessage", "getendpoint", "getmessages", "sendreply")
}
"""How an SSM Agent before 3.3.40.0 fetches its work, allowed where the stack file says that there is one."""


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each machine without a role of this stack, and for each right beyond those listed."""
    profiles, roles, templates = Origins(stack, PROFILE), Origins(stack, ROLE), Origins(stack, TEMPLATE)
    exempt = options.texts("exemptInstances")
    found: dict[str, Resource] = {}
    for kind, paths in PROFILES.items():
        for machine in stack.of_type(kind):
            if machine.name in exempt:
                continue
            for path in paths:
                yield from profiles.strangers(machine, path, "names an instance profile that is not of this stack")
            mine = list(_profiles(machine, template_of(machine, templates) if kind == INSTANCE else None, profiles))
            if kind == INSTANCE and not mine:
                yield Violation(
                    "it has no instance profile of this stack, so Session Manager cannot reach it", machine.urn
                )
            found |= {profile.urn: profile for profile in mine}
    for profile in stack.of_type(PROFILE):
        yield from roles.strangers(profile, "role", "names a role that is not of this stack")
    for role in {one.urn: one for profile in found.values() for one in roles.of(profile, "role").resources}.values():
        yield from _rights(stack, role, roles, options)


def _profiles(machine: Resource, template: Resource | None, profiles: Origins) -> Iterator[Resource]:
    for one in (machine, *((template,) if template else ())):
        for path in PROFILES[one.type]:
            yield from profiles.of(one, path).resources


def _rights(stack: Stack, role: Resource, roles: Origins, options: Options) -> Findings:
    inline = [one for one in stack.of_type(INLINE) if role in roles.of(one, "role").resources]
    allowed = {action.lower() for action in options.texts("allowedActions")}
    allowed |= LEGACY_MESSAGES if stack_config.legacy_agent() else set()
    for holder in (role, *inline):
        for held, statement in statements(as_registered(holder)):
            if held.where == "assumeRolePolicy" or not statement.allows:
                continue
            if statement.not_actions or not {action.lower() for action in statement.actions} <= allowed:
                text = f"{held.where}, {statement.label}, lets the machine do more than serve Session Manager"
                yield Violation(text, holder.urn)
    attached = [
        (one, policy)
        for kind, path in ATTACHED.items()
        for one in stack.of_type(kind)
        if role in roles.of(one, path).resources
        for policy in attachments.policies(as_registered(one))
    ]
    for one, policy in (*attached, *((role, policy) for policy in attachments.policies(as_registered(role)))):
        if not attachments.names(policy, options.texts("allowedPolicies")):
            yield Violation(f"{policy.where} attaches a policy to the role of a machine that is not listed", one.urn)


RULE = Rule(
    id="ec2-bastion-role-only-serves-session-manager",
    title="The role of the bastion can do nothing but serve Session Manager",
    kind=Kind.STACK,
    types=(INSTANCE, TEMPLATE, PROFILE, ROLE, INLINE, *ATTACHED),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PROFILES.items() for path in paths),
        "InstanceProfile:role",
        "RolePolicy:policy",
        "RolePolicy:role",
        "Role:inlinePolicies[].policy",
        "Role:managedPolicyArns[]",
        *(f"{kind.rsplit(':', 1)[-1]}:{attachments.PATHS[kind]}" for kind in ATTACHED),
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in ATTACHED.items()),
    ),
    severity=Severity.MEDIUM,
    remediation=(
        "Give the role one inline policy with ssm:UpdateInstanceInformation and the four ssmmessages channel actions, "
        "and attach nothing."
    ),
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-getting-started-instance-profile.html",
    options={
        "allowedActions": texts(
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ),
        "allowedPolicies": texts(),
        "exemptInstances": texts(),
    },
    seed=("S2",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
