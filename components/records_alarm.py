"""Who is told when somebody touches the account's records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.alarm import Alarm, create_alarm, planned_topic_policy
from components.base import Plan, PlatformComponent
from components.documents.alarms import records_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class RecordsAlarmArgs:
    """Where the records are, what must be there first, and the mail addresses that are told."""

    scope: Scope
    records: Sequence[pulumi.Resource]
    tell: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.records:
            raise ValueError(
                "records: nothing given, the trail and its bucket are allowed, an alarm on no record is none; give them"
            )


class RecordsAlarm(PlatformComponent):
    """The alarm on changes of trails, of Config's recorder and of the bucket of records.

    Creates: a rule, a topic that tells, and a subscription per address.
    Guarantee: whoever stops, moves or blinds a record is told of, the deployer as well.
    It stops nobody, and hears of calls from CloudTrail: that the call which stops a trail is still told is [LIVE].
    """

    def __init__(self, name: str, args: RecordsAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        alarm_name = args.scope.naming.records_alarm_name()
        plan = Plan([planned_topic_policy(name, args.scope, alarm_name)])
        super().__init__("closed-sagemaker:audit:RecordsAlarm", name, plan.inputs(), opts)
        alarm = Alarm(
            name=alarm_name,
            pattern=records_pattern(args.scope),
            description="Sees trails, the recorder and the bucket of records being stopped, moved or opened",
            tell=args.tell,
        )
        self._topic = create_alarm(self, name, plan, alarm, args.records)
        self.publish()

    @property
    def topic_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the topic that tells when records are touched."""
        return self._topic.arn
