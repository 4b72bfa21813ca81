"""The first version of the metadata service hands the role's credentials to any request that can be forged from inside.

Source: SageMaker API Reference, InstanceMetadataServiceConfiguration (default accepts version 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


PATH = "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion"


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding unless the minimum version is the text 2."""
    yield from must_equal(notebook, PATH, "2", absent="AWS then accepts the first version as well")


RULE = Rule(
    id="sagemaker-notebook-requires-imdsv2",
    title="Notebook instance accepts only the second metadata service",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion",),
    severity=Severity.MEDIUM,
    remediation="Set minimumInstanceMetadataServiceVersion to the string 2.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=("CKV_AWS_371",),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
