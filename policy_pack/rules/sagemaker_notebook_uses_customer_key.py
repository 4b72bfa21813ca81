"""Without a key of ours the volume is encrypted with one that no key policy of ours governs.

Source: SageMaker API Reference, CreateNotebookInstance, KmsKeyId.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(notebook: Resource, _options: Options) -> Findings:
    """Yield a finding unless a key is named; its id may be an output."""
    yield from must_be_given(notebook, "kmsKeyId", absent="AWS then encrypts the volume with a key of its own")


RULE = Rule(
    id="sagemaker-notebook-uses-customer-key",
    title="Notebook volume is encrypted with a customer key",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    paths=("kmsKeyId",),
    severity=Severity.HIGH,
    remediation="Set kmsKeyId to the key of the tenant or of the platform.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    frameworks=(
        "FSBP SageMaker.21",
        "CKV_AWS_22",
        "CKV_AWS_187",
        "prowler sagemaker_notebook_instance_encryption_enabled",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_STORAGE_VOL_KMS_ENCRYPTED",
        "cdk-nag AwsSolutions-SM2",
        "KICS f3674e0c",
        "KICS 709e6da6",
        "cfn_nag W1201",
        "Terrascan AC_AWS_0499",
    ),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
