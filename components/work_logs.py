"""The log groups into which SageMaker writes what notebooks and jobs say."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent, platform_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "notebooks": ("NotebookInstances",),
        "training": ("TrainingJobs", "ProcessingJobs"),
        "inference": ("TransformJobs",),
    }
)
"""The groups by the feature that fills them, below ``/aws/sagemaker/``.

Source: SageMaker AI Developer Guide, CloudWatch logs for Amazon SageMaker AI [LIVE]. An endpoint has a group of its
own, which SageMaker makes with it.
"""


@dataclass(frozen=True, kw_only=True)
class WorkLogsArgs:
    """Which features fill groups, how long these keep it, and under which key; `protect` as for data."""

    features: tuple[str, ...]
    key_arn: pulumi.Input[str]
    retention_days: int
    protect: bool

    def __post_init__(self) -> None:
        if self.retention_days < 1:
            raise ValueError(
                f"retention_days: {self.retention_days} given, one day or more is allowed, zero would keep the logs "
                "for ever without that being a decision; write for example 365"
            )


class WorkLogs(PlatformComponent):
    """The log groups of tenants' work.

    Creates: a group for each kind of work that the features allow.
    Guarantee: made before SageMaker would, they end after a decided time and are encrypted with the platform's key;
    tenants' streams carry their names, by which each reads its own.
    It leaves out the groups of endpoints, whose names nobody knows beforehand: SageMaker makes them without retention.
    """

    def __init__(self, name: str, args: WorkLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:audit:WorkLogs", name, {}, opts)
        kinds = [kind for feature, named in GROUPS.items() if feature in args.features for kind in named]
        self._groups = {kind: self._create_group(kind) for kind in kinds}
        self.publish()

    @property
    def group_names(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the names of the groups by the kind of work."""
        return {kind: group.name for kind, group in self._groups.items()}

    def _create_group(self, kind: str) -> aws.cloudwatch.LogGroup:
        group_name = f"/aws/sagemaker/{kind}"
        return aws.cloudwatch.LogGroup(
            f"{self._stem}-{kind}",
            name=group_name,
            retention_in_days=self._args.retention_days,
            kms_key_id=self._args.key_arn,
            tags=platform_tags(group_name),
            opts=self.child_options(protect=self._args.protect),
        )
