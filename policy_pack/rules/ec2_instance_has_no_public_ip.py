"""A machine with a public address is one routing mistake away from the internet.

Source: Amazon EC2 API Reference, RunInstances, AssociatePublicIpAddress (default: the subnet's setting).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


PATHS: dict[str, tuple[str, ...]] = {
    "aws:ec2/instance:Instance": ("associatePublicIpAddress",),
    "aws:ec2/launchTemplate:LaunchTemplate": (
        "networkInterfaces[].associatePublicIpAddress",
        "networkInterfaces[].associateCarrierIpAddress",
    ),
}


def validate(machine: Resource, _options: Options) -> Findings:
    """Yield a finding for each network interface that asks for a public address; templates say so in text."""
    for path in PATHS[machine.type]:
        for found in machine.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.given and found.flag() is not False:
                yield Violation(f"{found.where} asks for a public address")


RULE = Rule(
    id="ec2-instance-has-no-public-ip",
    title="No instance asks for a public address",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/instance:Instance",
        "aws:ec2/launchTemplate:LaunchTemplate",
    ),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in PATHS.items() for path in paths),
    severity=Severity.CRITICAL,
    remediation="Remove associatePublicIpAddress.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    frameworks=(
        "FSBP EC2.9",
        "FSBP EC2.25",
        "CKV_AWS_88",
        "prowler ec2_instance_public_ip",
        "prowler ec2_launch_template_no_public_ip",
        "Config EC2_INSTANCE_NO_PUBLIC_IP",
        "Config EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED",
    ),
    seed=("S2",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
