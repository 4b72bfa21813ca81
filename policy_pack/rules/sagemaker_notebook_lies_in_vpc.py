"""A notebook instance without subnet has no interface in the network; without groups none of the platform's governs it.

Source: SageMaker API Reference, CreateNotebookInstance, SubnetId and SecurityGroupIds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding for a missing subnet and one for missing groups; their ids may be outputs."""
    yield from must_be_given(notebook, "subnetId", absent="the notebook then lies in a network of the service")
    yield from must_be_given(notebook, "securityGroups", absent="no group of the platform then governs the notebook")


RULE = Rule(
    id="sagemaker-notebook-lies-in-vpc",
    title="Notebook instance has a subnet and a security group",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=(
        "subnetId",
        "securityGroups",
    ),
    severity=Severity.CRITICAL,
    remediation="Give the notebook a subnetId and at least one security group of the platform.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=(
        "FSBP SageMaker.2",
        "CKV_AWS_306",
        "prowler sagemaker_notebook_instance_vpc_settings_configured",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC",
        "cdk-nag AwsSolutions-SM1",
        "KICS 9c7028d9",
    ),
    seed=("S2",),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
