"""A slip in the program deletes what holds data, unless the engine refuses to.

Stacks of the listed environments are there to be thrown away.

Source: Pulumi documentation, "protect".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(store: Resource, options: Options) -> Findings:
    """Yield a finding for a resource with data that the option protect does not keep."""
    if stack_config.environment() not in options.texts("developmentEnvironments") and not store.protected:
        yield Violation("the option protect is off outside development")


RULE = Rule(
    id="pulumi-data-store-is-protected",
    title="Resources that hold data are protected from deletion",
    kind=Kind.RESOURCE,
    types=("aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:sagemaker/domain:Domain"),
    paths=(),
    severity=Severity.MEDIUM,
    remediation="Set protect to true.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    options={"developmentEnvironments": texts("dev")},
    validate=validate,
)
