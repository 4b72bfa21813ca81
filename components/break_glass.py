"""The emergency role, and the alarm that tells when somebody takes it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.alarm import Alarm, create_alarm, planned_topic_policy
from components.base import Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.alarms import emergency_pattern
from components.documents.break_glass import break_glass, break_glass_trust
from components.documents.limits import fitting
from components.documents.people_documents import BREAK_GLASS
from components.roles import ONE_HOUR, attach_only, hold_inline_only

if TYPE_CHECKING:
    import pulumi

    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class BreakGlassArgs:
    """Where the role stands, and the mail addresses that are told; AWS asks each of them to confirm.

    `administrators` are the subjects of federated administrators, who alone take the role on where people federate.
    """

    scope: Scope
    tell: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.administrators) != (self.scope.federation is not None):
            raise ValueError(
                "administrators: subjects are allowed with federation, and needed there, as nobody could take the "
                "emergency role on; give those of the people in the group administrators"
            )


class BreakGlass(PlatformComponent):
    """The role for emergencies.

    Creates: the role with its one document, which is its boundary as well, the exclusive absence of anything else on
    it, a rule that sees it being taken on, a topic that tells, and a subscription per address.
    Guarantee: sessions last an hour, need a second factor not older than an hour, and raise the alarm.
    It records nothing itself: EventBridge hears of calls from CloudTrail, so the account needs a trail.
    """

    def __init__(self, name: str, args: BreakGlassArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._physical = args.scope.naming.break_glass_name()
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:people:BreakGlass", name, self._plan.inputs(), opts)
        self._policy = self._create_policy()
        self._role = self._create_role()
        attach_only(self, name, self._role, [args.scope.naming.people_policy_arn(BREAK_GLASS)], [self._policy])
        hold_inline_only(self, name, self._role)
        self._topic = self._create_alarm()
        self.publish()

    @property
    def role_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the emergency role."""
        return self._role.arn

    @property
    def topic_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the topic that tells when the role is taken on."""
        return self._topic.arn

    def _plan_documents(self) -> Plan:
        trust = PlannedDocument(
            kind=aws.iam.Role,
            logical_name=f"{self._stem}-role",
            property_path="assumeRolePolicy",
            document=break_glass_trust(self._args.scope, self._args.administrators),
        )
        topic = planned_topic_policy(self._stem, self._args.scope, self._args.scope.naming.emergency_alarm_name())
        policy = PlannedDocument(
            kind=aws.iam.Policy,
            logical_name=f"{self._stem}-policy",
            property_path="policy",
            document=fitting({BREAK_GLASS: break_glass(self._args.scope)})[BREAK_GLASS],
        )
        return Plan([trust, topic, policy])

    def _create_policy(self) -> aws.iam.Policy:
        logical_name = f"{self._stem}-policy"
        policy_name = self._args.scope.naming.people_policy_name(BREAK_GLASS)
        return aws.iam.Policy(
            logical_name,
            name=policy_name,
            description="What the emergency role may do, and its boundary",
            policy=self._plan.rendered(aws.iam.Policy, logical_name, "policy"),
            tags=platform_tags(policy_name),
            opts=self.child_options(),
        )

    def _create_role(self) -> aws.iam.Role:
        logical_name = f"{self._stem}-role"
        return aws.iam.Role(
            logical_name,
            name=self._physical,
            path="/",
            description="For emergencies: whoever takes it on is told of",
            assume_role_policy=self._plan.rendered(aws.iam.Role, logical_name, "assumeRolePolicy"),
            permissions_boundary=self._args.scope.naming.people_policy_arn(BREAK_GLASS),
            max_session_duration=ONE_HOUR,
            force_detach_policies=True,
            tags=platform_tags(self._physical),
            opts=self.child_options(depends_on=[self._policy]),
        )

    def _create_alarm(self) -> aws.sns.Topic:
        alarm = Alarm(
            name=self._args.scope.naming.emergency_alarm_name(),
            pattern=emergency_pattern(self._args.scope),
            description="Sees the emergency role being taken on, devices enrolled and boundaries changed",
            tell=self._args.tell,
        )
        return create_alarm(self, self._stem, self._plan, alarm, [self._role])
