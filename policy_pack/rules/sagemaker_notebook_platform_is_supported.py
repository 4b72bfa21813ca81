"""The platform of a notebook instance is a decision: the default of the service changes, and old ones get no updates.

Source: SageMaker API Reference, CreateNotebookInstance, PlatformIdentifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_among
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, options: Options) -> Findings:
    """Yield a finding unless the platform is one of the list."""
    allowed = options.texts("allowedPlatforms")
    yield from must_be_among(notebook, "platformIdentifier", allowed, absent="the service then chooses one itself")


RULE = Rule(
    id="sagemaker-notebook-platform-is-supported",
    title="Notebook platform identifier is set and supported",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("platformIdentifier",),
    severity=Severity.MEDIUM,
    remediation="Set platformIdentifier to a platform of the list.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=(
        "FSBP SageMaker.8",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_PLATFORM_VERSION",
    ),
    options={
        "allowedPlatforms": texts("notebook-al2023-v1"),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
