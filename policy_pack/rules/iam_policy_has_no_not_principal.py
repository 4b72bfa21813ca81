"""NotPrincipal compares account, role and session at once: a Deny with it hits those that it spares.

An Allow with it admits the whole world but a few.

Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import NAMES_PRINCIPALS
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each statement with NotPrincipal."""
    for held, statement in documents.statements(resource, *NAMES_PRINCIPALS):
        if "NotPrincipal" in statement.raw:
            yield Violation(f"{held.where}: {statement.label} uses NotPrincipal")


RULE = Rule(
    id="iam-policy-has-no-not-principal",
    title="No document uses NotPrincipal",
    kind=Kind.RESOURCE,
    types=places.types_of(*NAMES_PRINCIPALS),
    paths=places.paths_of(*NAMES_PRINCIPALS),
    severity=Severity.HIGH,
    remediation="Deny with a condition on aws:PrincipalArn instead.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    validate=validate,
)
