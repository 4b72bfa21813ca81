"""Without a recorder nobody sees what was changed by hand; one without a place to deliver to, or switched off, is none.

Source: AWS Config Developer Guide, "Managing the configuration recorder"; API Reference, RecordingGroup (absent:
every regional type, and no users and roles).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, flag
from siblings import find

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

RECORDER, STATUS = "aws:cfg/recorder:Recorder", "aws:cfg/recorderStatus:RecorderStatus"
CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel"
CHECKS = "aws:cfg/conformancePack:ConformancePack"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding unless a recorder is on, delivers, and covers every type, and checks go on beside it."""
    found = find(stack, (RECORDER,), (STATUS,), "name")
    elsewhere = options["ownedElsewhere"] or stack_config.recorded_elsewhere("recorder")
    if not found.parents and not elsewhere:
        yield Violation("no recorder of this stack records what resources become")
    if not options["ownedElsewhere"] and not any(stack.of_type(CHECKS)):
        yield Violation(
            "no conformance pack of this stack asks of the running account what this pack asks of a preview"
        )
    for recorder in found.parents:
        yield from _covers(recorder)
        if not any(stack.of_type(CHANNEL)):
            yield Violation("no delivery channel of this stack: the recorder cannot start", recorder.urn)
        if not found.of[recorder.urn]:
            yield Violation("no status of this stack belongs to the recorder: it does not run", recorder.urn)
        for status in found.of[recorder.urn]:
            enabled = status.read("isEnabled")
            if enabled.unknown:
                yield Undecided(enabled, status.urn)
            elif enabled.flag() is not True:
                yield Violation("isEnabled is off: the recorder does not run", status.urn)
    for status in found.unattributed:
        yield Undecided(status.read("name"), status.urn)


def _covers(recorder: Resource) -> Findings:
    for path, absent in (("allSupported", True), ("includeGlobalResourceTypes", False)):
        found = recorder.read(f"recordingGroup.{path}")
        if found.unknown and not recorder.left_out("recordingGroup"):
            yield Undecided(found, recorder.urn)
        elif not (absent if found.absent or found.unknown else found.flag()):
            yield Violation(f"recordingGroup.{path} is off: some types go unrecorded", recorder.urn)


RULE = Rule(
    id="config-recorder-is-on",
    title="Changes of resources are recorded, of every type",
    kind=Kind.STACK,
    types=(RECORDER, STATUS, CHANNEL, CHECKS),
    paths=(
        "RecorderStatus:isEnabled",
        "RecorderStatus:name",
        "Recorder:name",
        "Recorder:recordingGroup.allSupported",
        "Recorder:recordingGroup.includeGlobalResourceTypes",
        "DeliveryChannel:s3BucketName",
    ),
    severity=Severity.MEDIUM,
    remediation="Add Recorder, DeliveryChannel and an enabled RecorderStatus, recording every type and global ones.",
    url="https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html",
    frameworks=(
        "FSBP Config.1",
        "CKV2_AWS_45",
        "CKV2_AWS_48",
        "CKV_AWS_121",
        "prowler config_recorder_all_regions_enabled",
    ),
    options={"ownedElsewhere": flag(default=False)},
    aliases=("config-recorder-covers-all-types",),
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
