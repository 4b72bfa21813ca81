"""A notebook instance with direct internet access has a second way out that leads around the network.

Source: SageMaker API Reference, CreateNotebookInstance, DirectInternetAccess (default Enabled).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding unless direct internet access is disabled."""
    yield from must_equal(notebook, "directInternetAccess", "Disabled", absent="AWS enables it then")


RULE = Rule(
    id="sagemaker-notebook-denies-direct-internet",
    title="Notebook instance has no direct internet access",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("directInternetAccess",),
    severity=Severity.CRITICAL,
    remediation="Set directInternetAccess to Disabled and give the notebook a subnet and a security group.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=(
        "FSBP SageMaker.1",
        "CKV_AWS_122",
        "prowler sagemaker_notebook_instance_without_direct_internet_access_configured",
        "Config SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS",
        "cdk-nag AwsSolutions-SM3",
        "KICS 88d55d94",
        "Control Tower CT.SAGEMAKER.PR.1",
    ),
    seed=("S2",),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
