"""The type owns all attachments of a policy in the account and silently removes those made elsewhere.

Source: Pulumi registry, aws.iam.PolicyAttachment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(_attachment: Resource, _options: Options) -> Findings:
    """Yield a finding: the type itself is the finding."""
    yield Violation("the attachment detaches the policy from everybody whom it does not name")


RULE = Rule(
    id="iam-policy-attachment-is-not-exclusive",
    title="No attachment that silently detaches others",
    kind=Kind.RESOURCE,
    types=("aws:iam/policyAttachment:PolicyAttachment",),
    paths=(),
    severity=Severity.MEDIUM,
    remediation="Use the attachment type of the role, the group or the user.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/policyattachment/",
    validate=validate,
)
