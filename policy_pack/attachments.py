"""Every way of attaching a managed policy, and to whom.

Source: Pulumi registry, aws.iam; IAM User Guide, "Managed policies and inline policies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reading import Reading
    from resources import Resource

PATHS: dict[str, str] = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:iam/role:Role": "managedPolicyArns[]",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns[]",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns[]",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns[]",
}
"""Type tokens and the wire paths of the ARNs that they attach."""

LABELS = tuple(f"{token.rsplit(':', 1)[-1]}:{path}" for token, path in PATHS.items())
"""The same paths as a rule lists them."""

PRINCIPALS: dict[str, tuple[str, ...]] = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ("role",),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": ("user",),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": ("group",),
    "aws:iam/policyAttachment:PolicyAttachment": ("roles[]", "users[]", "groups[]"),
    "aws:iam/role:Role": ("name",),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ("roleName",),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": ("userName",),
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": ("groupName",),
}


def policies(resource: Resource) -> list[Reading]:
    """Return what a resource attaches, one reading for each policy; none where it attaches nothing."""
    return [found for found in resource.each(PATHS[resource.type]) if not found.absent]


def principals(resource: Resource) -> list[Reading]:
    """Return whom a resource attaches policies to."""
    return [found for path in PRINCIPALS.get(resource.type, ()) for found in resource.each(path)]


def names(found: Reading, listed: Iterable[str]) -> bool:
    """Return whether an ARN, or a bare name, names one of the policies; letter case and path do not matter."""
    return str(found.value).rsplit("/", 1)[-1].lower() in {name.lower() for name in listed}
