"""Whoever may describe a lifecycle configuration reads its script, and so does everybody who works on a notebook.

Scripts are base64 and judged decoded. A script that cannot be decoded cannot be judged either.

Source: Amazon SageMaker AI Developer Guide, "Customization of a SageMaker notebook instance using an LCC script".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts
from secrets_in_text import decoded, holds_secret

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PLACES: dict[str, tuple[str, ...]] = {
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": (
        "onCreate",
        "onStart",
    ),
    "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": ("studioLifecycleConfigContent",),
}


def validate(configuration: Resource, options: Options) -> Findings:
    """Yield a finding for each script that holds what looks like a secret, or that nobody can read."""
    for path in PLACES[configuration.type]:
        found = configuration.read(path)
        if found.unknown:
            yield Undecided(found)
        elif found.given:
            script = decoded(str(found.value))
            if script is None:
                yield Violation(f"{path} is no base64 of a text")
            elif holds_secret(script, options.texts("extraPatterns")):
                yield Violation(f"{path} holds what looks like a secret")


RULE = Rule(
    id="sagemaker-lifecycle-script-has-no-secret",
    title="Lifecycle scripts carry no secret",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Move the secret to Secrets Manager and read it in the script with the role of the notebook.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
    frameworks=("prowler sagemaker_notebook_instance_no_secrets",),
    options={"extraPatterns": texts()},
    mirrored_by=("runtime audit",),
    deferred=("onCreate", "onStart", "studioLifecycleConfigContent"),
    validate=validate,
)
