"""A grant opens a key beside its policy: nobody who reads the policy sees it, and a grantee may pass it on.

Source: AWS KMS Developer Guide, "Grants in AWS KMS".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PASSES_ON = "CreateGrant"


def validate(grant: Resource, options: Options) -> Findings:
    """Yield a finding for a grantee that is not listed, and for a grant that may be passed on."""
    grantee = grant.read("granteePrincipal")
    if grantee.unknown:
        yield Undecided(grantee)
    elif grantee.value not in options.texts("allowedGrantees"):
        yield Violation("granteePrincipal is not listed")
    for found in grant.each("operations[]"):
        if found.unknown:
            yield Undecided(found)
        elif found.value == PASSES_ON:
            yield Violation(f"{found.where} lets the grantee pass the grant on")


RULE = Rule(
    id="kms-grant-grantee-is-listed",
    title="Grants go only to listed principals",
    kind=Kind.RESOURCE,
    types=("aws:kms/grant:Grant",),
    paths=("granteePrincipal", "operations[]"),
    deferred=("granteePrincipal",),
    severity=Severity.HIGH,
    remediation="Remove the grant and use the key policy, or list the grantee.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
    options={"allowedGrantees": texts()},
    mirrored_by=("IAM deny",),
    validate=validate,
)
