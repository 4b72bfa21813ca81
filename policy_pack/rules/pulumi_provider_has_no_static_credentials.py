"""Keys in the provider end up in the state, outlive the person and work from anywhere.

Source: Pulumi AWS provider, `accessKey`, `secretKey`, `token`; IAM User Guide, "Security best practices in IAM".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_not_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(provider: Resource, _options: Options) -> Findings:
    """Yield a finding for each credential that is given, whatever its value."""
    for path in ("accessKey", "secretKey", "token"):
        yield from must_not_be_given(provider, path, why="credentials in the provider end up in the state")


RULE = Rule(
    id="pulumi-provider-has-no-static-credentials",
    title="The provider carries no keys",
    kind=Kind.RESOURCE,
    types=("pulumi:providers:aws",),
    paths=(
        "accessKey",
        "secretKey",
        "token",
    ),
    severity=Severity.HIGH,
    remediation="Remove the keys and sign in by role.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    validate=validate,
)
