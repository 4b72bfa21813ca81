"""A key pair is a credential that no policy ends and that no log names the holder of.

Source: Amazon EC2 User Guide, "Amazon EC2 key pairs and Amazon EC2 instances".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from machines import INSTANCE, TEMPLATE
from rule import Kind, Level, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

KEY_PAIR = "aws:ec2/keyPair:KeyPair"
PLACES = {INSTANCE: "keyName", TEMPLATE: "keyName", KEY_PAIR: "publicKey"}


def validate(machine: Resource, options: Options) -> Findings:
    """Yield a finding for a key pair, and for what is started with one, unless its logical name is listed."""
    path = PLACES[machine.type]
    if machine.name not in options.texts("allowed") and (machine.type == KEY_PAIR or machine.read(path).given):
        yield Violation(f"{path} lets the holder of a private key in")


RULE = Rule(
    id="ec2-bastion-has-no-key-pair",
    title="Instances have no SSH key",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in PLACES.items()),
    severity=Severity.LOW,
    level=Level.ADVISORY,
    remediation="Use Session Manager with temporary keys, or list the logical name.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html",
    frameworks=("Config EC2_NO_AMAZON_KEY_PAIR",),
    options={"allowed": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
