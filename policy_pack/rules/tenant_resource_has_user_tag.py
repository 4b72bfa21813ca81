"""Every condition on the owner hangs on the tag: a resource without it belongs to nobody and is nobody's to guard.

Default tags do not count, so that a forgotten tag never passes. The scope `tenants`, for other programs, asks only for
types that always belong to a tenant and for what lies in a tenant's component.

Source: IAM User Guide, "Controlling access to AWS resources using tags".
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import OWNED_TYPES, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding unless the resource itself names its owner."""
    if options["scope"] == "tenants" and not _belongs_to_a_tenant(resource, options):
        return
    key = options["tagKey"]
    found = own_tags(resource).value(key)
    if found.unknown:
        yield Undecided(found)
    elif found.absent:
        yield Violation(f"tags.{key} is absent or empty, and default tags do not count")


def _belongs_to_a_tenant(resource: Resource, options: Options) -> bool:
    components = options.texts("tenantComponentTypes")
    inside = any(fnmatchcase(around, pattern) for around in resource.ancestor_types for pattern in components)
    return inside or resource.type in options.texts("tenantOnlyTypes")


RULE = Rule(
    id="tenant-resource-has-user-tag",
    title="Every tenant-owned resource names its owner in the tag user",
    kind=Kind.RESOURCE,
    types=OWNED_TYPES,
    paths=("tags",),
    severity=Severity.CRITICAL,
    remediation="Set the tag user to the tenant on the resource itself.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html",
    frameworks=("Config REQUIRED_TAGS",),
    options={
        "tagKey": text("user"),
        "tenantOnlyTypes": texts(
            "aws:sagemaker/notebookInstance:NotebookInstance",
            "aws:sagemaker/userProfile:UserProfile",
            "aws:sagemaker/space:Space",
            "aws:sagemaker/app:App",
            "aws:fsx/ontapStorageVirtualMachine:OntapStorageVirtualMachine",
        ),
        "tenantComponentTypes": texts("closed-sagemaker:tenant:*"),
        "scope": {"type": "string", "enum": ["all", "tenants"], "default": "all"},
    },
    seed=("S4",),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
