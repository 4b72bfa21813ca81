"""A script runs as root at each start: one that is not of this stack, or is a tenant's, does there what it likes.

Source: Amazon SageMaker AI Developer Guide, "Customization of a SageMaker notebook instance using an LCC script".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from origins import Origins
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from tags import tenant_of

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance"
SCRIPT = "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each notebook that runs a script of somebody else."""
    scripts = Origins(stack, SCRIPT)
    for notebook in stack.of_type(NOTEBOOK):
        found = scripts.of(notebook, "lifecycleConfigName", options.texts("adoptedConfigurations"))
        for one in found.foreign:
            yield Violation(f"{one.where} is neither of this stack nor adopted", notebook.urn)
        for one in found.untold:
            yield Undecided(one, notebook.urn)
        for script in found.resources:
            if tenant_of(script) is not None:
                yield Violation(f"lifecycleConfigName is {script.name}, which a tenant owns", notebook.urn)


RULE = Rule(
    id="sagemaker-notebook-script-is-the-platforms",
    title="Notebooks run only the lifecycle scripts of the platform",
    kind=Kind.STACK,
    types=(NOTEBOOK, SCRIPT),
    paths=("NotebookInstance:lifecycleConfigName", "NotebookInstanceLifecycleConfiguration:tags"),
    severity=Severity.HIGH,
    remediation="Take lifecycleConfigName from the lifecycle configuration of the platform.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
    options={"adoptedConfigurations": texts()},
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
