"""Without a record of traffic nobody sees who tried to get out, and nobody can tell afterwards what came through.

Source: Amazon VPC User Guide, "Logging IP traffic using VPC Flow Logs".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption import unserved
from rule import Kind, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

VPC, FLOW_LOG = "aws:ec2/vpc:Vpc", "aws:ec2/flowLog:FlowLog"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each network without a flow log of its own; one of a subnet or interface is not enough."""
    logs = find(stack, (VPC,), (FLOW_LOG,), "vpcId")
    for network in logs.parents:
        if not logs.of[network.urn]:
            yield Violation("no flow log of this stack records its traffic", network.urn)
    for vpc in unserved(stack.of_type(FLOW_LOG), "vpcId"):
        yield Violation(f"no flow log of this stack records the traffic of the adopted network {vpc}")


RULE = Rule(
    id="vpc-flow-logs-are-on",
    title="Each network has a flow log",
    kind=Kind.STACK,
    types=(VPC, FLOW_LOG),
    paths=("FlowLog:vpcId",),
    severity=Severity.HIGH,
    remediation="Add a FlowLog for the VPC.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    frameworks=(
        "FSBP EC2.6",
        "CKV2_AWS_11",
        "prowler vpc_flow_logs_enabled",
        "Config VPC_FLOW_LOGS_ENABLED",
        "cdk-nag AwsSolutions-VPC7",
    ),
    mirrored_by=("runtime audit",),
    validate=validate,
)
