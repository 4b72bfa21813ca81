"""Everybody on a machine reads its start script, and so does whoever may describe the machine.

A script that arrives as base64 is judged decoded; one that cannot be decoded cannot be judged either.

Source: Amazon EC2 User Guide, "Run commands when you launch an EC2 instance with user data input".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from machines import INSTANCE, TEMPLATE
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from secrets_in_text import decoded, holds_secret

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PLAIN = "userData"
PLACES: dict[str, tuple[str, ...]] = {INSTANCE: (PLAIN, "userDataBase64"), TEMPLATE: (PLAIN,)}


def validate(machine: Resource, options: Options) -> Findings:
    """Yield a finding for a script that holds what looks like a secret, or that nobody can read."""
    for path in PLACES[machine.type]:
        found = machine.read(path)
        if found.unknown:
            yield Undecided(found)
        elif found.given:
            text = str(found.value)
            script = decoded(text)
            if script is None and machine.type == INSTANCE and path == PLAIN:
                script = text
            if script is None:
                yield Violation(f"{path} is no base64 of a text")
            elif holds_secret(script, options.texts("extraPatterns")):
                yield Violation(f"{path} holds what looks like a secret")


RULE = Rule(
    id="ec2-instance-user-data-has-no-secret",
    title="Start scripts of instances carry no secret",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PLACES.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Read the secret at start with the role of the instance.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    frameworks=(
        "CKV_AWS_46",
        "prowler ec2_instance_secrets_user_data",
        "prowler ec2_launch_template_no_secrets",
    ),
    options={"extraPatterns": texts()},
    mirrored_by=("runtime audit",),
    deferred=("userData", "userDataBase64"),
    validate=validate,
)
