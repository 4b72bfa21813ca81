"""The record of what resources are and become, and the checks that go on after a deployment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent

if TYPE_CHECKING:
    import pulumi

    from components.data_bucket import DataBucket
    from components.naming import Naming

CHECKS_FILE = Path(__file__).with_name("run_time_checks.yaml")
LINKED_ROLE = "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"


@dataclass(frozen=True, kw_only=True)
class ChangeRecorderArgs:
    """Where records go and how often they are made: at each change, or once a day.

    `records` is the bucket that Config may write to, `key_arn` the key that it may use. With `recorded_elsewhere` the
    account has a recorder in this Region already, and only the checks are made.
    """

    naming: Naming
    records: DataBucket
    key_arn: pulumi.Input[str]
    each_change: bool
    recorded_elsewhere: bool = False

    def __post_init__(self) -> None:
        if self.recorded_elsewhere and self.each_change:
            raise ValueError(
                "each_change: True given with recorded_elsewhere, one of the two is allowed, how often another's "
                "recorder records is not decided here; leave each_change out"
            )


class ChangeRecorder(PlatformComponent):
    """AWS Config of this account and Region.

    Creates: the recorder, its delivery channel and its status, unless the account has them; and a conformance pack
    with the checks of `run_time_checks.yaml`.
    Guarantee: every type of resource is recorded, users and roles too, into the locked bucket; what the policy pack
    refuses at a preview and Config can ask of a running account is asked there as well.
    It repairs nothing, and it makes no role: the service-linked role of Config is the account's [LIVE].
    """

    def __init__(self, name: str, args: ChangeRecorderArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:audit:ChangeRecorder", name, {}, opts)
        recording: list[pulumi.Resource] = [] if args.recorded_elsewhere else [self._create_recording()]
        self._checks = self._create_checks(recording)
        self.publish()

    @property
    def checks_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the conformance pack."""
        return self._checks.arn

    def _create_recording(self) -> aws.cfg.RecorderStatus:
        recorder = self._create_recorder()
        channel = self._create_channel(recorder)
        return aws.cfg.RecorderStatus(
            f"{self._stem}-status",
            name=recorder.name,
            is_enabled=True,
            # A recorder without a place to deliver to does not start.
            opts=self.child_options(depends_on=[channel]),
        )

    def _create_recorder(self) -> aws.cfg.Recorder:
        return aws.cfg.Recorder(
            f"{self._stem}-recorder",
            name=self._args.naming.label("changes"),
            role_arn=self._args.naming.iam_arn(LINKED_ROLE),
            recording_group=aws.cfg.RecorderRecordingGroupArgs(all_supported=True, include_global_resource_types=True),
            recording_mode=aws.cfg.RecorderRecordingModeArgs(
                recording_frequency="CONTINUOUS" if self._args.each_change else "DAILY"
            ),
            opts=self.child_options(),
        )

    def _create_channel(self, recorder: aws.cfg.Recorder) -> aws.cfg.DeliveryChannel:
        return aws.cfg.DeliveryChannel(
            f"{self._stem}-channel",
            name=self._args.naming.label("changes"),
            s3_bucket_name=self._args.records.bucket_name,
            s3_kms_key_arn=self._args.key_arn,
            opts=self.child_options(depends_on=[recorder, self._args.records]),
        )

    def _create_checks(self, recording: list[pulumi.Resource]) -> aws.cfg.ConformancePack:
        return aws.cfg.ConformancePack(
            f"{self._stem}-checks",
            name=self._args.naming.label("run-time-checks"),
            template_body=CHECKS_FILE.read_text(encoding="utf-8"),
            opts=self.child_options(depends_on=recording),
        )
