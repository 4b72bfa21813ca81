"""A policy that is not of this stack is judged by nobody here: AWS changes its own, and others are written by hand.

A policy of this stack is recognised by its name in an ARN of this account, or by what the attachment was taken from.

Source: IAM User Guide, "Managed policies and inline policies", AWS managed policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
from accounts import inside
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

POLICY = "aws:iam/policy:Policy"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each attachment of a policy that is neither of this stack nor listed."""
    listed = (*options.texts("allowedAwsPolicies"), *options.texts("adoptedPolicies"))
    policies = Origins(stack, POLICY)
    own = {f"policy{one.read('path').value or '/'}{one.read('name').value}" for one in stack.of_type(POLICY)}
    for kind, path in attachments.PATHS.items():
        for resource in stack.of_type(kind):
            for found in as_registered(resource).each(path):
                if not found.present or attachments.names(found, listed):
                    continue
                text = str(found.value)
                if not (inside().owns(text, service="iam") and text.split(":", 5)[-1] in own):
                    yield Violation(f"{found.where} attaches a policy that is not of this stack", resource.urn)
            for one in policies.of(resource, path).untold:
                yield Undecided(one, resource.urn)


RULE = Rule(
    id="iam-attachment-uses-listed-aws-policies",
    title="Policies of AWS and others that are not of this stack are attached only if listed",
    kind=Kind.STACK,
    types=(*attachments.PATHS, POLICY),
    paths=(*attachments.LABELS, "Policy:name", "Policy:path"),
    severity=Severity.MEDIUM,
    remediation="Write a policy with named resources, or list the policy with a reason.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    frameworks=("cdk-nag AwsSolutions-IAM4",),
    options={"allowedAwsPolicies": texts("AmazonSSMManagedInstanceCore"), "adoptedPolicies": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
