"""A trail of one Region sees nothing of what somebody does in another, nor of IAM; one that is off sees nothing.

Source: AWS CloudTrail API Reference, CreateTrail (one Region unless asked; global services are included by default).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(trail: Resource, _options: Options) -> Findings:
    """Yield a finding unless the trail is on, in every Region, global services included."""
    yield from must_be_on(trail, "isMultiRegionTrail", absent="the trail then covers one Region")
    for path in ("includeGlobalServiceEvents", "enableLogging"):
        found = trail.read(path)
        if found.unknown:
            yield Undecided(found)
        elif found.present and found.flag() is not True:
            yield Violation(f"{path} is off: calls go unrecorded")


RULE = Rule(
    id="cloudtrail-trail-is-multi-region",
    title="The trail is on, for every Region and the global services",
    kind=Kind.RESOURCE,
    types=("aws:cloudtrail/trail:Trail",),
    paths=("isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogging"),
    severity=Severity.HIGH,
    remediation="Set isMultiRegionTrail to true, and leave includeGlobalServiceEvents and enableLogging on.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
    frameworks=(
        "FSBP CloudTrail.1",
        "CKV_AWS_67",
        "CKV_AWS_251",
        "prowler cloudtrail_multi_region_enabled",
        "Config MULTI_REGION_CLOUD_TRAIL_ENABLED",
    ),
    aliases=("cloudtrail-trail-is-logging",),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
