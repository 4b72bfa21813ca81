"""Profiles that share a role act as one person: every condition on the owner's tag holds for all of them.

A role is recognised by the URN that the settings were taken from, or by its ARN where that is written as text.

Source: SageMaker API Reference, CreateUserProfile, UserSettings.ExecutionRole (default: the domain's).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options


PROFILE = "aws:sagemaker/userProfile:UserProfile"
DOMAIN = "aws:sagemaker/domain:Domain"
ROLE = "aws:iam/role:Role"
PATH = "userSettings.executionRole"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each profile without a role, with one that another has, or with the domain's."""
    shared = {
        role: domain.name
        for domain in stack.of_type(DOMAIN)
        for path in ("defaultUserSettings.executionRole", "defaultSpaceSettings.executionRole")
        if (role := _role(stack, domain, path)) is not None
    }
    owners: dict[str, str] = {}
    for profile in stack.of_type(PROFILE):
        found = profile.read(PATH)
        if not found.given:
            yield Violation(f"{PATH} is absent: the profile then acts with the domain's default role", profile.urn)
            continue
        role = _role(stack, profile, PATH)
        if role is None:
            yield Undecided(found, profile.urn)
        elif role in shared:
            yield Violation(f"{PATH} is the default role of the domain {shared[role]}", profile.urn)
        elif role in owners:
            yield Violation(f"{PATH} is also the role of the profile {owners[role]}", profile.urn)
        else:
            owners[role] = profile.name


def _role(stack: Stack, resource: Resource, path: str) -> str | None:
    """Return what identifies a role: its URN where it is of this stack, else its ARN; None where neither is known."""
    roles = set(resource.came_from(path, ROLE))
    found = resource.read(path)
    if found.present and isinstance(found.value, str):
        return next((role.urn for role in stack.of_type(ROLE) if _is(role, found.value)), found.value)
    return roles.pop() if found.given and len(roles) == 1 else None


def _is(role: Resource, arn: str) -> bool:
    path, name = role.read("path"), role.read("name")
    return role.read("arn").value == arn or (
        name.present and arn.endswith(f":role{path.value if path.present else '/'}{name.value}")
    )


RULE = Rule(
    id="sagemaker-profile-has-own-role",
    title="Each user profile has an execution role of its own",
    kind=Kind.STACK,
    types=(
        "aws:sagemaker/userProfile:UserProfile",
        "aws:sagemaker/domain:Domain",
    ),
    paths=(
        "UserProfile:userSettings.executionRole",
        "Domain:defaultUserSettings.executionRole",
        "Domain:defaultSpaceSettings.executionRole",
    ),
    severity=Severity.CRITICAL,
    remediation=(
        "Create one role for each profile and set userSettings.executionRole; keep the default role of "
        "the domain without permissions."
    ),
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html",
    frameworks=("Stave DOMAIN.SHAREDROLE",),
    seed=(
        "S3",
        "S4",
    ),
    mirrored_by=("runtime audit",),
    validate=validate,
)
