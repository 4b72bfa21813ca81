"""Without the boundary whatever is attached to a person later, by whichever group, takes effect.

Source: IAM User Guide, "Permissions boundaries for IAM entities".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import arn, inside
from documents import matches
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(user: Resource, options: Options) -> Findings:
    """Yield a finding for a user without one of the platform's boundaries for people."""
    name, boundary = user.read("name"), user.read("permissionsBoundary")
    if name.present and str(name.value) in options.texts("exemptUsers"):
        return
    if boundary.unknown:
        yield Undecided(boundary)
    elif not boundary.given:
        yield Violation("permissionsBoundary is absent: whatever is attached later takes effect")
    elif not any(_names(str(boundary.value), pattern) for pattern in options.texts("boundaryNames")):
        listed = ", ".join(options.texts("boundaryNames"))
        yield Violation(f"permissionsBoundary is no policy of this account called {listed}")


def _names(text: str, pattern: str) -> bool:
    found = arn(text)
    return (
        found is not None
        and inside().owns(text, service="iam")
        and found.resource.startswith("policy/")
        and matches(pattern, found.resource.rsplit("/", 1)[-1])
    )


RULE = Rule(
    id="iam-human-user-has-boundary",
    title="Each user has a boundary of the platform",
    kind=Kind.RESOURCE,
    types=("aws:iam/user:User",),
    paths=("User:permissionsBoundary", "User:name"),
    severity=Severity.HIGH,
    remediation="Set permissionsBoundary to the people's boundary, by its ARN of account and name.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    options={"boundaryNames": texts("*-people-boundary", "*-people-platform-boundary"), "exemptUsers": texts()},
    seed=("S3",),
    mirrored_by=("IAM deny", "SCP", "runtime audit"),
    validate=validate,
)
