"""Whoever made the image of a machine has code on it before any rule of the network holds.

An image is read from a public parameter of AWS when the machine starts, or is listed: an id says nothing of who made
it. A machine that is started from a launch template may leave its image to it, and a template to the machine.

Source: Amazon EC2 User Guide, "Use a Systems Manager parameter instead of an AMI ID"; AWS Systems Manager User Guide,
"Discovering public parameters in Parameter Store".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from machines import INSTANCE, TEMPLATE, leaves_to_template
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

OF_AWS = "resolve:ssm:/aws/service/"
PLACES = {INSTANCE: "ami", TEMPLATE: "imageId"}


def validate(machine: Resource, options: Options) -> Findings:
    """Yield a finding for an image that is neither AWS' own by parameter nor listed, and for a machine without one."""
    path = PLACES[machine.type]
    image = machine.read(path)
    if image.unknown:
        yield Undecided(image)
    elif image.present:
        if not str(image.value).startswith(OF_AWS) and str(image.value) not in options.texts("allowedImages"):
            yield Violation(f"{path} names an image that is neither read from a parameter of AWS nor listed")
    elif machine.type == INSTANCE and not leaves_to_template(machine):
        yield Violation(f"{path} is absent, and no launch template names an image")


RULE = Rule(
    id="ec2-machine-starts-from-an-image-of-aws",
    title="Machines start from an image of AWS",
    kind=Kind.RESOURCE,
    types=tuple(PLACES),
    paths=(*(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in PLACES.items()), "Instance:launchTemplate"),
    severity=Severity.HIGH,
    remediation="Write resolve:ssm: and a public parameter below /aws/service/, or list the image.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-systems-manager-parameter-to-find-AMI.html",
    options={"allowedImages": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
