"""The records of traffic and of queries, their groups and their role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.network_logs import NetworkLogs, NetworkLogsArgs

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.scope import Scope
    from tests.components.recording import Recording

KEY = "arn:aws:kms:ap-northeast-1:111122223333:key/logs"
GROUP = "arn:aws:logs:ap-northeast-1:111122223333:log-group:/ml-dev/flow-logs"


@pytest.fixture
def logs(run: Callable[..., Recording], scope: Scope) -> Callable[..., Recording]:
    """Record the logs of a network with arguments replaced."""

    def recorded(**changes: Any) -> Recording:
        arguments = {"vpc_id": "vpc-1", "retention_days": 365, "protect": True, **changes}

        return run(lambda: NetworkLogs("network-logs", NetworkLogsArgs(scope=scope, key_arn=KEY, **arguments)))

    return recorded


def test_the_flow_log_records_all_traffic_of_the_network_every_minute(logs: Callable[..., Recording]) -> None:
    flow_log = logs().one("aws:ec2/flowLog:FlowLog")
    assert flow_log.inputs["vpcId"] == "vpc-1"
    assert flow_log.inputs["trafficType"] == "ALL"
    assert flow_log.inputs["maxAggregationInterval"] == 60
    assert flow_log.inputs["logDestinationType"] == "cloud-watch-logs"


def test_the_group_keeps_its_time_is_encrypted_and_protected(logs: Callable[..., Recording]) -> None:
    group = logs(retention_days=400).one("aws:cloudwatch/logGroup:LogGroup", "network-logs-flow-logs-group")
    assert group.inputs["name"] == "/ml-dev/flow-logs"
    assert group.inputs["retentionInDays"] == 400
    assert group.inputs["kmsKeyId"] == KEY
    assert group.protect is True


def test_the_role_writes_into_the_one_group_and_serves_flow_logs_of_this_account_alone(
    logs: Callable[..., Recording],
) -> None:
    recording = logs()
    statement, lists = recording.one("closed-sagemaker:network:NetworkLogs").inputs["plannedDocuments"][
        "aws:iam/rolePolicy:RolePolicy|network-logs-role-policy|policy"
    ]["Statement"]
    assert statement["Resource"] == [GROUP, f"{GROUP}:*"]
    assert "logs:CreateLogGroup" not in statement["Action"]
    assert (lists["Action"], lists["Resource"]) == (["logs:DescribeLogGroups"], ["*"])
    (trust,) = recording.one("closed-sagemaker:network:NetworkLogs").inputs["plannedDocuments"][
        "aws:iam/role:Role|network-logs-role|assumeRolePolicy"
    ]["Statement"]
    assert trust["Principal"] == {"Service": ["vpc-flow-logs.amazonaws.com"]}
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ["111122223333"]},
        "ArnLike": {"aws:SourceArn": ["arn:aws:ec2:ap-northeast-1:111122223333:vpc-flow-log/*"]},
    }


def test_the_flow_log_starts_when_its_role_may_write(logs: Callable[..., Recording]) -> None:
    assert "network-logs-role-policy" in logs().one("aws:ec2/flowLog:FlowLog").dependencies


def test_nothing_is_attached_to_the_role_by_hand(logs: Callable[..., Recording]) -> None:
    recording = logs()
    managed = recording.one("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive")
    inline = recording.one("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive")
    assert managed.inputs == {"roleName": "ml-dev-flow-logs", "policyArns": []}
    assert inline.inputs == {"roleName": "ml-dev-flow-logs", "policyNames": ["ml-dev-flow-logs"]}
    assert {managed.name, inline.name} <= set(recording.one("aws:ec2/flowLog:FlowLog").dependencies)


def test_a_bucket_needs_neither_group_nor_role(logs: Callable[..., Recording]) -> None:
    recording = logs(bucket_arn="arn:aws:s3:::ml-dev-logs-7f3a")
    flow_log = recording.one("aws:ec2/flowLog:FlowLog")
    assert flow_log.inputs["logDestinationType"] == "s3"
    assert flow_log.inputs["logDestination"] == "arn:aws:s3:::ml-dev-logs-7f3a"
    assert recording.of("aws:cloudwatch/logGroup:LogGroup") == []
    assert recording.of("aws:iam/role:Role") == []


@pytest.mark.parametrize("bucket", [None, "arn:aws:s3:::ml-dev-logs-7f3a"])
def test_queries_for_names_are_recorded_where_traffic_is(logs: Callable[..., Recording], bucket: str | None) -> None:
    recording = logs(bucket_arn=bucket)
    config = recording.one("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig")
    assert config.inputs["destinationArn"] == (bucket or GROUP.replace("flow-logs", "dns-queries"))
    association = recording.one("aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation")
    assert association.inputs == {"resolverQueryLogConfigId": config.id, "resourceId": "vpc-1"}


def test_a_record_kept_for_ever_is_refused(scope: Scope) -> None:
    with pytest.raises(ValueError, match="0 given, one day or more"):
        NetworkLogsArgs(scope=scope, vpc_id="vpc-1", key_arn="arn", retention_days=0, protect=True)
