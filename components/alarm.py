"""An alarm inside a component: a rule that sees events, a topic that tells, and a subscription per address."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlannedDocument, platform_tags
from components.documents.alarms import alarm_topic_policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.base import Plan, PlatformComponent
    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What an alarm is called, which events it sees, what it says of itself, and who is told by mail."""

    name: str
    pattern: Mapping[str, object]
    description: str
    tell: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.tell)) < len(self.tell):
            raise ValueError("tell: an address is given twice, each once is allowed; leave one out")


def planned_topic_policy(stem: str, scope: Scope, name: str) -> PlannedDocument:
    """Return the document that the component has to plan for the topic ``<stem>-topic``."""
    return PlannedDocument(
        kind=aws.sns.TopicPolicy,
        logical_name=f"{stem}-topic-policy",
        property_path="policy",
        document=alarm_topic_policy(scope, name),
    )


def create_alarm(
    owner: PlatformComponent, stem: str, plan: Plan, alarm: Alarm, watched: Sequence[pulumi.Resource] = ()
) -> aws.sns.Topic:
    """Return the topic of the alarm, ``<stem>-topic``; `watched` are the resources that the pattern names."""
    topic = aws.sns.Topic(f"{stem}-topic", name=alarm.name, tags=platform_tags(alarm.name), opts=owner.child_options())
    policy = f"{stem}-topic-policy"
    aws.sns.TopicPolicy(
        policy, arn=topic.arn, policy=plan.rendered(aws.sns.TopicPolicy, policy, "policy"), opts=owner.child_options()
    )
    rule = aws.cloudwatch.EventRule(
        f"{stem}-rule",
        name=alarm.name,
        description=alarm.description,
        event_pattern=json.dumps(alarm.pattern),
        state="ENABLED",
        tags=platform_tags(alarm.name),
        opts=owner.child_options(depends_on=watched),
    )
    aws.cloudwatch.EventTarget(
        f"{stem}-target", rule=rule.name, arn=topic.arn, target_id="topic", opts=owner.child_options()
    )
    for address in alarm.tell:
        aws.sns.TopicSubscription(
            f"{stem}-mail-{address}", topic=topic.arn, protocol="email", endpoint=address, opts=owner.child_options()
        )
    return topic
