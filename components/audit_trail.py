"""The record of calls: who did what, in every Region, and who reached which object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.audit import trail_trust, write_trail
from components.documents.scope import TRAIL
from components.roles import create_service_rights, create_service_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.data_bucket import DataBucket
    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class AuditTrailArgs:
    """Where the record goes, and whose objects it speaks of.

    `records` is the bucket that CloudTrail may write to, `watched` holds by purpose the buckets whose objects are
    watched, `key_arn` is the key that CloudTrail may use. With `log_days` the record also goes into a log group that
    keeps it so long; `protect` refuses deletion by a later run.
    """

    scope: Scope
    records: DataBucket
    watched: Mapping[str, DataBucket]
    key_arn: pulumi.Input[str]
    protect: bool
    log_days: int | None = None

    def __post_init__(self) -> None:
        if not self.watched:
            raise ValueError(
                "watched: no bucket given, one or more are allowed, without one nobody could say who read an object; "
                "give the buckets of data"
            )


class AuditTrail(PlatformComponent):
    """The account's trail.

    Creates: the trail; where asked, a log group and the role by which the trail writes into it.
    Guarantee: calls of every Region and of global services, reads and writes of objects in each data bucket, files
    signed and encrypted with the platform's key, and a bucket in which nobody changes them.
    It watches no object of the records themselves, since each delivery would be told again.
    """

    def __init__(self, name: str, args: AuditTrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:audit:AuditTrail", name, self._plan.inputs(), opts)
        self._trail = self._create_trail_with_group() if args.log_days else self._create_trail()
        self.publish()

    @property
    def trail_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the trail."""
        return self._trail.arn

    def _plan_documents(self) -> Plan:
        if not self._args.log_days:
            return Plan([])
        role = f"{self._stem}-role"
        return Plan(
            [
                PlannedDocument(
                    kind=aws.iam.Role,
                    logical_name=role,
                    property_path="assumeRolePolicy",
                    document=trail_trust(self._args.scope),
                ),
                PlannedDocument(
                    kind=aws.iam.RolePolicy,
                    logical_name=f"{role}-policy",
                    property_path="policy",
                    document=write_trail(self._args.scope),
                ),
            ]
        )

    def _create_trail_with_group(self) -> aws.cloudtrail.Trail:
        group = self._create_group()
        role_name = self._args.scope.naming.platform_role_name(TRAIL)
        role = create_service_role(
            self, self._stem, self._plan, role_name, "Writes the record of calls into its log group"
        )
        rights = create_service_rights(self, self._stem, self._plan, role, group)
        return self._create_trail(group=group, role=role, first=rights)

    def _create_trail(
        self,
        *,
        group: aws.cloudwatch.LogGroup | None = None,
        role: aws.iam.Role | None = None,
        first: Sequence[pulumi.Resource] = (),
    ) -> aws.cloudtrail.Trail:
        trail_name = self._args.scope.naming.trail_name()
        # Without the bucket's policy CloudTrail refuses to start; selectors name buckets that must be there.
        buckets = [self._args.records, *self._args.watched.values()]
        return aws.cloudtrail.Trail(
            f"{self._stem}-trail",
            name=trail_name,
            s3_bucket_name=self._args.records.bucket_name,
            kms_key_id=self._args.key_arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            advanced_event_selectors=[_management(), *self._objects()],
            cloud_watch_logs_group_arn=group.arn.apply(lambda arn: f"{arn}:*") if group else None,
            cloud_watch_logs_role_arn=role.arn if role else None,
            tags=platform_tags(trail_name),
            opts=self.child_options(depends_on=[*buckets, *first], protect=self._args.protect),
        )

    def _objects(self) -> list[aws.cloudtrail.TrailAdvancedEventSelectorArgs]:
        """Return a selector for each bucket: reads and writes of every object, by the bucket's name."""
        return [
            aws.cloudtrail.TrailAdvancedEventSelectorArgs(
                name=f"objects of {purpose}",
                field_selectors=[
                    _is("eventCategory", "Data"),
                    _is("resources.type", "AWS::S3::Object"),
                    aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs(
                        field="resources.ARN", starts_withs=[f"{self._args.scope.naming.bucket_arn(purpose)}/"]
                    ),
                ],
            )
            for purpose in self._args.watched
        ]

    def _create_group(self) -> aws.cloudwatch.LogGroup:
        group_name = self._args.scope.naming.log_group_name(TRAIL)
        return aws.cloudwatch.LogGroup(
            f"{self._stem}-group",
            name=group_name,
            retention_in_days=self._args.log_days,
            kms_key_id=self._args.key_arn,
            tags=platform_tags(group_name),
            opts=self.child_options(protect=self._args.protect),
        )


def _management() -> aws.cloudtrail.TrailAdvancedEventSelectorArgs:
    """Return the selector of every call that is not about an object, read or write."""
    return aws.cloudtrail.TrailAdvancedEventSelectorArgs(
        name="calls", field_selectors=[_is("eventCategory", "Management")]
    )


def _is(field: str, value: str) -> aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs:
    return aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs(field=field, equals=[value])
