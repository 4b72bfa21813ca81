"""A document above its quota is refused by AWS in the middle of an update.

Inline policies of one principal that stand in several resources are added up by `iam-principal-fits-attachment-quota`.

Source: IAM User Guide, "IAM and AWS STS quotas"; quotas of Amazon S3 bucket policies, KMS key policies and VPC endpoint
policies (20 KB, 32 KB, 20 KB).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import Holder
from rule import Kind, Rule, Severity, Violation, integer
from sizes import size

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

INLINE = {
    "aws:iam/role:Role": ("roleInlineTotalMax", "the inline policies of a role together"),
    "aws:iam/rolePolicy:RolePolicy": ("roleInlineTotalMax", "the inline policies of a role together"),
    "aws:iam/groupPolicy:GroupPolicy": ("groupInlineTotalMax", "the inline policies of a group together"),
    "aws:iam/userPolicy:UserPolicy": ("userInlineTotalMax", "the inline policies of a user together"),
}
LIMITS = {
    Holder.IDENTITY: ("managedPolicyMax", "a managed policy"),
    Holder.TRUST: ("trustPolicyMax", "a trust policy"),
    Holder.BUCKET: ("bucketPolicyMax", "a bucket policy"),
    Holder.KEY: ("keyPolicyMax", "a key policy"),
    Holder.ENDPOINT: ("endpointPolicyMax", "an endpoint policy"),
    Holder.ORGANIZATION: ("organizationPolicyMax", "a policy of the organization"),
}


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each quota that the documents of a resource exceed."""
    sizes: dict[tuple[str, str], int] = {}
    for held in documents.held(resource):
        limit = INLINE.get(resource.type) if held.holder is Holder.IDENTITY else None
        limit = limit or LIMITS.get(held.holder)
        if limit is not None and held.document is not None:
            sizes[limit] = sizes.get(limit, 0) + size(held)
    for (option, what), total in sizes.items():
        if total > options[option]:
            yield Violation(f"{total} characters are more than the {options[option]} of {what}")


RULE = Rule(
    id="iam-policy-fits-size-limit",
    title="Policy documents stay under the size quotas",
    kind=Kind.RESOURCE,
    types=places.types_of(*places.ALL),
    paths=places.paths_of(*places.ALL),
    severity=Severity.MEDIUM,
    remediation="Split the document, or replace lists of names by policy variables.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    options={
        "managedPolicyMax": integer(6144, minimum=1),
        "roleInlineTotalMax": integer(10240, minimum=1),
        "groupInlineTotalMax": integer(5120, minimum=1),
        "userInlineTotalMax": integer(2048, minimum=1),
        "trustPolicyMax": integer(2048, minimum=1),
        "bucketPolicyMax": integer(20480, minimum=1),
        "keyPolicyMax": integer(32768, minimum=1),
        "endpointPolicyMax": integer(20480, minimum=1),
        "organizationPolicyMax": integer(5120, minimum=1),
    },
    validate=validate,
)
