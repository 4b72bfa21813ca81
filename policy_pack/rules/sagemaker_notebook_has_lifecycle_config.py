"""The platform's script is what sets the endpoints and stops idle notebooks; a notebook without it has neither.

Source: SageMaker API Reference, CreateNotebookInstance, LifecycleConfigName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding unless a lifecycle configuration is named; the name may be an output."""
    yield from must_be_given(notebook, "lifecycleConfigName", absent="it starts without the platform's script")


RULE = Rule(
    id="sagemaker-notebook-has-lifecycle-config",
    title="Notebook instance runs the platform lifecycle script",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("lifecycleConfigName",),
    severity=Severity.MEDIUM,
    remediation="Attach the platform lifecycle configuration by lifecycleConfigName.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=("Stave NOTEBOOK.LIFECYCLE",),
    seed=("S3",),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
