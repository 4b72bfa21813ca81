"""The record of who talked with whom, and who asked for which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.logs import FLOW_LOGS, QUERIES, flow_log_trust, write_flow_logs
from components.roles import create_service_rights, create_service_role

if TYPE_CHECKING:
    import pulumi

    from components.documents.scope import Scope

# Accepted and refused: one does not show who tried, the other not who came through.
ALL_TRAFFIC = "ALL"
ONE_MINUTE = 60  # seconds
CLOUD_WATCH, BUCKET = "cloud-watch-logs", "s3"


@dataclass(frozen=True, kw_only=True)
class NetworkLogsArgs:
    """Which network, and where its record goes.

    Without `bucket_arn` it goes to a log group, kept for `retention_days` and encrypted with the key; with one, to that
    bucket, whose owner decides on both. `protect` refuses deletion of the record by a later run.
    """

    scope: Scope
    vpc_id: pulumi.Input[str]
    key_arn: pulumi.Input[str]
    retention_days: int
    protect: bool
    bucket_arn: str | None = None

    def __post_init__(self) -> None:
        if self.retention_days < 1:
            raise ValueError(
                f"retention_days: {self.retention_days} given, one day or more is allowed, zero would keep the record "
                "for ever without that being a decision; write for example 365"
            )


class NetworkLogs(PlatformComponent):
    """The record of the network: traffic, accepted and refused, and queries for names, answered and refused.

    Creates: the flow log, the query log and its association with the VPC; unless they go to a bucket, also a log group
    for each and the role by which flow logs are written. AWS itself lets the resolver write into the group, by a
    resource policy that it makes when the query log is made [LIVE].
    Guarantee: every flow is recorded once a minute, every query at once; the role writes into the one group and does
    nothing else, and what somebody attaches to it by hand is removed by the next update.
    It does not read the record, and it refuses nothing: `NameFirewall` does that for names.
    """

    def __init__(self, name: str, args: NetworkLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:network:NetworkLogs", name, self._plan.inputs(), opts)
        self._flow_log = self._create_flow_log_to_bucket() if args.bucket_arn else self._create_flow_log_to_group()
        self._query_log = self._create_query_log(args.bucket_arn or self._create_group(QUERIES).arn)
        self._create_query_log_association()
        self.publish()

    @property
    def flow_log_id(self) -> pulumi.Output[str]:
        """Return the id of the flow log."""
        return self._flow_log.id

    @property
    def query_log_id(self) -> pulumi.Output[str]:
        """Return the id of the configuration of the query log."""
        return self._query_log.id

    def _plan_documents(self) -> Plan:
        if self._args.bucket_arn:
            return Plan([])
        return Plan(
            [
                PlannedDocument(
                    kind=aws.iam.Role,
                    logical_name=f"{self._stem}-role",
                    property_path="assumeRolePolicy",
                    document=flow_log_trust(self._args.scope),
                ),
                PlannedDocument(
                    kind=aws.iam.RolePolicy,
                    logical_name=f"{self._stem}-role-policy",
                    property_path="policy",
                    document=write_flow_logs(self._args.scope),
                ),
            ]
        )

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.scope.naming.label(logical_name))

    def _create_flow_log_to_bucket(self) -> aws.ec2.FlowLog:
        logical_name = f"{self._stem}-flow-log"
        return aws.ec2.FlowLog(
            logical_name,
            vpc_id=self._args.vpc_id,
            traffic_type=ALL_TRAFFIC,
            max_aggregation_interval=ONE_MINUTE,
            log_destination_type=BUCKET,
            log_destination=self._args.bucket_arn,
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_flow_log_to_group(self) -> aws.ec2.FlowLog:
        group = self._create_group(FLOW_LOGS)
        role_name = self._args.scope.naming.platform_role_name(FLOW_LOGS)
        role = create_service_role(self, self._stem, self._plan, role_name, "Writes the flow log of the closed network")
        rights = create_service_rights(self, self._stem, self._plan, role, group)
        logical_name = f"{self._stem}-flow-log"
        return aws.ec2.FlowLog(
            logical_name,
            vpc_id=self._args.vpc_id,
            traffic_type=ALL_TRAFFIC,
            max_aggregation_interval=ONE_MINUTE,
            log_destination_type=CLOUD_WATCH,
            log_destination=group.arn,
            iam_role_arn=role.arn,
            tags=self._tags(logical_name),
            opts=self.child_options(depends_on=rights),
        )

    def _create_query_log(self, destination_arn: pulumi.Input[str]) -> aws.route53.ResolverQueryLogConfig:
        logical_name = f"{self._stem}-query-log"
        return aws.route53.ResolverQueryLogConfig(
            logical_name,
            name=self._args.scope.naming.label(logical_name),
            destination_arn=destination_arn,
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_query_log_association(self) -> aws.route53.ResolverQueryLogConfigAssociation:
        return aws.route53.ResolverQueryLogConfigAssociation(
            f"{self._stem}-query-log-association",
            resolver_query_log_config_id=self._query_log.id,
            resource_id=self._args.vpc_id,
            opts=self.child_options(),
        )

    def _create_group(self, purpose: str) -> aws.cloudwatch.LogGroup:
        group_name = self._args.scope.naming.log_group_name(purpose)
        return aws.cloudwatch.LogGroup(
            f"{self._stem}-{purpose}-group",
            name=group_name,
            retention_in_days=self._args.retention_days,
            kms_key_id=self._args.key_arn,
            tags=platform_tags(group_name),
            opts=self.child_options(protect=self._args.protect),
        )
