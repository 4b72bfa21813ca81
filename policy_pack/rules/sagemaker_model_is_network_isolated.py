"""A container that is not isolated opens connections of its own, with what it was given to work on.

Source: SageMaker API Reference, CreateModel, EnableNetworkIsolation (default: false).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(model: Resource, options: Options) -> Findings:
    """Yield a finding unless the model's containers are isolated, or its name is exempt."""
    if model.read("name").value not in options.texts("exemptNames"):
        yield from must_be_on(model, "enableNetworkIsolation", absent="its containers may open connections")


RULE = Rule(
    id="sagemaker-model-is-network-isolated",
    title="Model containers have no network of their own",
    kind=Kind.RESOURCE,
    types=("aws:sagemaker/model:Model",),
    paths=("enableNetworkIsolation", "name"),
    severity=Severity.HIGH,
    remediation="Set enableNetworkIsolation to true.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html",
    frameworks=(
        "FSBP SageMaker.5",
        "CKV_AWS_370",
        "prowler sagemaker_models_network_isolation_enabled",
        "Config SAGEMAKER_MODEL_ISOLATION_ENABLED",
    ),
    options={"exemptNames": texts()},
    seed=("S2",),
    mirrored_by=("IAM deny", "SCP", "runtime audit"),
    validate=validate,
)
