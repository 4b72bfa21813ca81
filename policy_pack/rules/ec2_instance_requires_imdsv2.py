"""The first metadata service hands the credentials of the machine's role to whoever makes it send a request.

A hop limit above one hands them to containers and tunnels as well. A machine that is started from a launch template
may leave both to it, and the template is judged.

Source: Amazon EC2 API Reference, InstanceMetadataOptionsRequest; Amazon EC2 User Guide, "Use the Instance Metadata
Service to access instance metadata".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from machines import INSTANCE, TEMPLATE, leaves_to_template
from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

TOKENS, HOPS = "metadataOptions.httpTokens", "metadataOptions.httpPutResponseHopLimit"


def validate(machine: Resource, options: Options) -> Findings:
    """Yield a finding unless tokens are required and go no further than the machine; an absent hop limit is one."""
    if leaves_to_template(machine) and machine.read(TOKENS).absent:
        return
    yield from must_equal(machine, TOKENS, "required", absent="image and account then decide")
    hops = machine.read(HOPS)
    if hops.unknown:
        yield Undecided(hops)
    elif hops.given and hops.value > options["maxHops"]:
        yield Violation(f"{HOPS} is {int(hops.value)}, and must be {options['maxHops']} or less")


RULE = Rule(
    id="ec2-instance-requires-imdsv2",
    title="Instances accept only the second metadata service",
    kind=Kind.RESOURCE,
    types=(INSTANCE, TEMPLATE),
    paths=(TOKENS, HOPS, "Instance:launchTemplate"),
    severity=Severity.HIGH,
    remediation="Set metadataOptions.httpTokens to required and the hop limit to 1.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html",
    frameworks=(
        "FSBP EC2.8",
        "FSBP EC2.170",
        "CKV_AWS_79",
        "CKV_AWS_341",
        "prowler ec2_instance_imdsv2_enabled",
        "prowler ec2_launch_template_imdsv2_required",
        "Config EC2_IMDSV2_CHECK",
        "Config EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK",
        "Config EC2_TOKEN_HOP_LIMIT_CHECK",
    ),
    options={"maxHops": integer(1, minimum=1)},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
