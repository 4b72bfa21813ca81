"""Root on a notebook instance undoes what the platform set up there: routes, agents and mounts.

Source: SageMaker API Reference, CreateNotebookInstance, RootAccess (default Enabled).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding unless root access is disabled."""
    yield from must_equal(notebook, "rootAccess", "Disabled", absent="AWS enables it then")


RULE = Rule(
    id="sagemaker-notebook-root-is-disabled",
    title="Notebook users have no root access",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("rootAccess",),
    severity=Severity.HIGH,
    remediation="Set rootAccess to Disabled and do privileged set-up in the lifecycle configuration.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=(
        "FSBP SageMaker.3",
        "CKV_AWS_307",
        "prowler sagemaker_notebook_instance_root_access_disabled",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK",
    ),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
