"""A flow log of what was accepted does not show who tried, one of what was rejected not who came through.

Source: Amazon EC2 API Reference, CreateFlowLogs, TrafficType (required for networks, subnets and interfaces).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_equal
from rule import Kind, Rule, Severity

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(flow_log: Resource, _options: Options) -> Findings:
    """Yield a finding unless all traffic is recorded."""
    yield from must_equal(flow_log, "trafficType", "ALL", absent="AWS refuses a flow log of a network without it")


RULE = Rule(
    id="vpc-flow-log-captures-all-traffic",
    title="Flow logs record accepted and rejected traffic",
    kind=Kind.RESOURCE,
    types=("aws:ec2/flowLog:FlowLog",),
    paths=("trafficType",),
    severity=Severity.MEDIUM,
    remediation="Set trafficType to ALL.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
