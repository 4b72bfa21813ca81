"""Whoever may describe a lifecycle configuration reads its script, and so does everybody who works on a notebook.

Scripts are base64 and judged decoded. A script that cannot be decoded cannot be judged either.

Source: Amazon SageMaker AI Developer Guide, "Customization of a SageMaker notebook instance using an LCC script";
IAM User Guide, "IAM identifiers", unique identifiers.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

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
SECRETS = (
    r"\b(AKIA|ASIA)[A-Z2-7]{16}\b",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"(?i)aws_(secret_access_key|session_token)\W+[A-Za-z0-9/+]{16,}",
    r"(?i)\b(password|passwd|secret|api_?key|token)\s*[=:]\s*['\"]?[^\s'\"$<{][^\s'\"]{5,}",
    r"[a-z]+://[^/\s:@]+:[^/\s:@$]+@",
)
"""What a secret looks like; a value that is read from a variable or a command is none."""


def validate(configuration: Resource, options: Options) -> Findings:
    """Yield a finding for each script that holds what looks like a secret, or that nobody can read."""
    for path in PLACES[configuration.type]:
        found = configuration.read(path)
        if found.unknown:
            yield Undecided(found)
        elif found.given:
            script = _decoded(str(found.value))
            if script is None:
                yield Violation(f"{path} is no base64 of a text")
            elif any(re.search(pattern, script) for pattern in (*SECRETS, *options.texts("extraPatterns"))):
                yield Violation(f"{path} holds what looks like a secret")


def _decoded(text: str) -> str | None:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return None


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
