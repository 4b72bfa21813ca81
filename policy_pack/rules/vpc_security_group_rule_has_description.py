"""A rule without a reason is never removed, since nobody knows what would break.

Source: Amazon EC2 API Reference, AuthorizeSecurityGroupIngress, IpPermissions, Description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Level, Rule, Severity, Undecided, Violation, texts
from security_groups import EGRESS_RULE, GROUP, INGRESS_RULE
from security_groups import RULE as OLD_RULE

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PLACES: dict[str, tuple[str, ...]] = {
    GROUP: ("description", "ingress[].description", "egress[].description"),
    OLD_RULE: ("description",),
    INGRESS_RULE: ("description",),
    EGRESS_RULE: ("description",),
}


def validate(holder: Resource, options: Options) -> Findings:
    """Yield a finding for each group and rule that says nothing, or only what the provider fills in."""
    for path in PLACES[holder.type]:
        for found in holder.each(path):
            if found.unknown:
                yield Undecided(found)
            elif not found.given or found.value in options.texts("empty"):
                yield Violation(f"{found.where} does not say what it is for")


RULE = Rule(
    id="vpc-security-group-rule-has-description",
    title="Each security group and each of its rules says what it is for",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Describe the purpose of the rule.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    frameworks=("CKV_AWS_23", "cdk-nag AwsSolutions-EC27"),
    options={"empty": texts("Managed by Pulumi", "Managed by Terraform")},
    validate=validate,
)
