"""The records, the checks that go on after a deployment, and the budgets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.access_analyzers import AccessAnalyzers, AccessAnalyzersArgs
from components.alarm import Alarm
from components.audit_trail import AuditTrail, AuditTrailArgs
from components.change_recorder import ChangeRecorder, ChangeRecorderArgs
from components.records_alarm import RecordsAlarm, RecordsAlarmArgs
from components.tenant_budgets import TenantBudgets, TenantBudgetsArgs
from components.work_logs import WorkLogs, WorkLogsArgs
from tests.components.building import NAMING, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.data_bucket import DataBucket
    from tests.components.recording import Recording

KEY = "arn:aws:kms:ap-northeast-1:111122223333:key/logs"
GROUP = "arn:aws:logs:ap-northeast-1:111122223333:log-group:/ml-dev/trail"


def stores(*purposes: str) -> dict[str, DataBucket]:
    """Build buckets, with the key and the endpoint that their policies name."""
    parts = Parts()
    key, network = parts.key(), parts.network()
    references = {**network.references, **parts.endpoints(network).references, **key.references}
    return {purpose: parts.bucket(purpose, key, references) for purpose in purposes}


@pytest.fixture
def trail(run: Callable[..., Recording]) -> Callable[..., Recording]:
    """Record the trail with arguments replaced."""

    def recorded(**changes: Any) -> Recording:
        def build() -> None:
            buckets = stores("raw", "results", "audit")
            records = buckets.pop("audit")
            given = {"records": records, "watched": buckets, "key_arn": KEY, "protect": True, **changes}
            AuditTrail("calls", AuditTrailArgs(scope=Parts().scope, **given))

        return run(build)

    return recorded


def test_the_trail_covers_every_region_is_on_signed_and_encrypted(trail: Callable[..., Recording]) -> None:
    made = trail().one("aws:cloudtrail/trail:Trail")
    for flag in ("isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation", "enableLogging"):
        assert made.inputs[flag] is True, flag
    assert made.inputs["kmsKeyId"] == KEY
    assert made.inputs["name"] == "ml-dev-trail", "the policies of bucket and key know it by this name"
    assert made.inputs["s3BucketName"] == "ml-dev-audit-7f3a"
    assert made.protect is True


def test_the_trail_records_calls_and_the_objects_of_each_bucket_of_data(trail: Callable[..., Recording]) -> None:
    selectors = trail().one("aws:cloudtrail/trail:Trail").inputs["advancedEventSelectors"]
    assert selectors[0]["fieldSelectors"] == [{"field": "eventCategory", "equals": ["Management"]}]
    starts = {each["fieldSelectors"][-1]["startsWiths"][0]: each["fieldSelectors"][:-1] for each in selectors[1:]}
    assert set(starts) == {"arn:aws:s3:::ml-dev-raw-7f3a/", "arn:aws:s3:::ml-dev-results-7f3a/"}
    objects = [
        {"field": "eventCategory", "equals": ["Data"]},
        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
    ]
    assert all(fields == objects for fields in starts.values()), "reads and writes alike"


def test_the_trail_starts_when_it_may_write(trail: Callable[..., Recording]) -> None:
    assert {"audit-policy", "raw-bucket"} <= set(trail().one("aws:cloudtrail/trail:Trail").dependencies)


def test_without_days_there_is_neither_log_group_nor_role(trail: Callable[..., Recording]) -> None:
    recording = trail()
    assert recording.of("aws:cloudwatch/logGroup:LogGroup") == []
    assert recording.of("aws:iam/role:Role") == []


def test_with_days_the_trail_also_writes_into_a_group_of_its_own(trail: Callable[..., Recording]) -> None:
    recording = trail(log_days=400)
    group = recording.one("aws:cloudwatch/logGroup:LogGroup")
    assert (group.inputs["name"], group.inputs["retentionInDays"], group.inputs["kmsKeyId"]) == (
        "/ml-dev/trail",
        400,
        KEY,
    )
    made = recording.one("aws:cloudtrail/trail:Trail")
    assert made.inputs["cloudWatchLogsGroupArn"].endswith(":*")
    assert "calls-role-policy" in made.dependencies
    documents = recording.one("closed-sagemaker:audit:AuditTrail").inputs["plannedDocuments"]
    (trust,) = documents["aws:iam/role:Role|calls-role|assumeRolePolicy"]["Statement"]
    assert trust["Principal"] == {"Service": ["cloudtrail.amazonaws.com"]}
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ["111122223333"]},
        "ArnEquals": {"aws:SourceArn": ["arn:aws:cloudtrail:ap-northeast-1:111122223333:trail/ml-dev-trail"]},
    }
    (write,) = documents["aws:iam/rolePolicy:RolePolicy|calls-role-policy|policy"]["Statement"]
    assert write["Resource"] == [f"{GROUP}:log-stream:*"]
    assert write["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]


def test_nothing_is_attached_to_the_role_by_hand(trail: Callable[..., Recording]) -> None:
    recording = trail(log_days=400)
    managed = recording.one("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive")
    inline = recording.one("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive")
    assert managed.inputs == {"roleName": "ml-dev-trail", "policyArns": []}
    assert inline.inputs == {"roleName": "ml-dev-trail", "policyNames": ["ml-dev-trail"]}
    assert {managed.name, inline.name} <= set(recording.one("aws:cloudtrail/trail:Trail").dependencies)


def test_a_trail_that_watches_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="watched: no bucket given"):
        AuditTrailArgs(scope=Parts().scope, records=None, watched={}, key_arn=KEY, protect=True)  # type: ignore[arg-type]  # refused before


def test_whoever_touches_records_is_told_of(run: Callable[..., Recording]) -> None:
    def build() -> None:
        args = RecordsAlarmArgs(scope=Parts().scope, records=[stores("audit")["audit"]], tell=("a@example.com",))
        RecordsAlarm("records-alarm", args)

    recording = run(build)
    rule = recording.one("aws:cloudwatch/eventRule:EventRule")
    seen = {each["detail"]["eventSource"][0]: each["detail"] for each in json.loads(rule.inputs["eventPattern"])["$or"]}
    assert rule.inputs["state"] == "ENABLED"
    assert {"StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"} == set(
        seen["cloudtrail.amazonaws.com"]["eventName"]
    )
    assert "StopConfigurationRecorder" in seen["config.amazonaws.com"]["eventName"]
    assert seen["s3.amazonaws.com"]["requestParameters"] == {"bucketName": ["ml-dev-audit-7f3a"]}
    assert recording.one("aws:sns/topicSubscription:TopicSubscription").inputs["endpoint"] == "a@example.com"
    assert recording.one("aws:cloudwatch/eventTarget:EventTarget").inputs["targetId"] == "topic"
    (speaks,) = recording.one("closed-sagemaker:audit:RecordsAlarm").inputs["plannedDocuments"][
        "aws:sns/topicPolicy:TopicPolicy|records-alarm-topic-policy|policy"
    ]["Statement"]
    assert speaks["Condition"]["ArnEquals"]["aws:SourceArn"] == [
        "arn:aws:events:ap-northeast-1:111122223333:rule/ml-dev-records-alarm"
    ]


def test_an_alarm_on_no_record_or_with_a_listener_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="records: nothing given"):
        RecordsAlarmArgs(scope=Parts().scope, records=[])
    with pytest.raises(ValueError, match="tell: an address is given twice"):
        Alarm(name="x", pattern={}, description="x", tell=("a@example.com", "a@example.com"))


@pytest.fixture
def changes(run: Callable[..., Recording]) -> Callable[..., Recording]:
    """Record the recorder with arguments replaced."""

    def recorded(**more: Any) -> Recording:
        def build() -> None:
            records = stores("audit")["audit"]
            given = {"each_change": False, **more}
            ChangeRecorder("changes", ChangeRecorderArgs(naming=NAMING, records=records, key_arn=KEY, **given))

        return run(build)

    return recorded


@pytest.mark.parametrize(("each_change", "frequency"), [(True, "CONTINUOUS"), (False, "DAILY")])
def test_every_type_is_recorded_as_often_as_chosen(
    changes: Callable[..., Recording], *, each_change: bool, frequency: str
) -> None:
    recorder = changes(each_change=each_change).one("aws:cfg/recorder:Recorder").inputs
    assert recorder["recordingGroup"] == {"allSupported": True, "includeGlobalResourceTypes": True}
    assert recorder["recordingMode"] == {"recordingFrequency": frequency}
    assert recorder["roleArn"].endswith(":role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig")


def test_the_recorder_runs_once_it_may_deliver_into_the_bucket_of_records(changes: Callable[..., Recording]) -> None:
    recording = changes()
    channel = recording.one("aws:cfg/deliveryChannel:DeliveryChannel")
    assert (channel.inputs["s3BucketName"], channel.inputs["s3KmsKeyArn"]) == ("ml-dev-audit-7f3a", KEY)
    assert {"changes-recorder", "audit-policy"} <= set(channel.dependencies)
    status = recording.one("aws:cfg/recorderStatus:RecorderStatus")
    assert status.inputs["isEnabled"] is True
    assert "changes-channel" in status.dependencies
    assert "changes-status" in recording.one("aws:cfg/conformancePack:ConformancePack").dependencies


def test_with_a_recorder_elsewhere_only_the_checks_are_made(changes: Callable[..., Recording]) -> None:
    made = {each.type for each in changes(recorded_elsewhere=True).custom() if each.type.startswith("aws:cfg/")}
    assert made == {"aws:cfg/conformancePack:ConformancePack"}
    with pytest.raises(ValueError, match="how often another's recorder records is not decided here"):
        ChangeRecorderArgs(
            naming=NAMING,
            records=None,  # type: ignore[arg-type]  # refused before
            key_arn=KEY,
            each_change=True,
            recorded_elsewhere=True,
        )


@pytest.mark.parametrize(("days", "types"), [(None, ["ACCOUNT"]), (90, ["ACCOUNT", "ACCOUNT_UNUSED_ACCESS"])])
def test_outside_access_is_always_analysed_and_unused_access_where_asked(
    run: Callable[..., Recording], days: int | None, types: list[str]
) -> None:
    recording = run(lambda: AccessAnalyzers("analyzers", AccessAnalyzersArgs(naming=NAMING, unused_days=days)))
    made = recording.of("aws:accessanalyzer/analyzer:Analyzer")
    assert sorted(each.inputs["type"] for each in made) == types
    if days:
        unused = recording.one("aws:accessanalyzer/analyzer:Analyzer", "analyzers-unused")
        assert unused.inputs["configuration"] == {"unusedAccess": {"unusedAccessAge": days}}


@pytest.mark.parametrize("days", [0, 366])
def test_an_age_that_the_analyzer_does_not_take_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match=f"unused_days: {days} given, 1 to 365 are allowed"):
        AccessAnalyzersArgs(naming=NAMING, unused_days=days)


def work_logs(**changes: Any) -> WorkLogsArgs:
    given = {"features": ("notebooks", "training"), "key_arn": KEY, "retention_days": 400, "protect": True, **changes}
    return WorkLogsArgs(**given)


def test_the_groups_of_work_end_and_are_encrypted_before_sagemaker_makes_them(run: Callable[..., Recording]) -> None:
    made = run(lambda: WorkLogs("work-logs", work_logs())).of("aws:cloudwatch/logGroup:LogGroup")
    names = {"NotebookInstances", "TrainingJobs", "ProcessingJobs"}
    assert {each.inputs["name"] for each in made} == {f"/aws/sagemaker/{name}" for name in names}
    assert {(each.inputs["retentionInDays"], each.inputs["kmsKeyId"], each.protect) for each in made} == {
        (400, KEY, True)
    }


def test_logs_kept_for_ever_are_refused() -> None:
    with pytest.raises(ValueError, match="0 given, one day or more"):
        work_logs(retention_days=0)


def budgets(**changes: Any) -> TenantBudgetsArgs:
    given: dict[str, Any] = {"naming": NAMING, "amounts": {"alice": 200, "bob": 9.5}, "tell": ("a@example.com",)}
    return TenantBudgetsArgs(**{**given, **changes})


def test_each_tenant_has_a_budget_of_its_own_cost_in_a_month(run: Callable[..., Recording]) -> None:
    """S3-A18, the notifications."""
    recording = run(lambda: TenantBudgets("budgets", budgets()))
    made = {each.name: each.inputs for each in recording.of("aws:budgets/budget:Budget")}
    assert set(made) == {"budgets-alice", "budgets-bob"}
    alice = made["budgets-alice"]
    assert (alice["budgetType"], alice["timeUnit"], alice["limitAmount"], alice["limitUnit"]) == (
        "COST",
        "MONTHLY",
        "200.00",
        "USD",
    )
    assert alice["costFilters"] == [{"name": "TagKeyValue", "values": ["user:user$alice"]}]
    assert made["budgets-bob"]["limitAmount"] == "9.50"
    assert {each["threshold"] for each in alice["notifications"]} == {80, 100}
    for each in alice["notifications"]:
        assert (each["comparisonOperator"], each["notificationType"], each["thresholdType"]) == (
            "GREATER_THAN",
            "ACTUAL",
            "PERCENTAGE",
        )
        assert each["subscriberEmailAddresses"] == ["a@example.com"]
        assert "subscriberSnsTopicArns" not in each


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amounts": {"bob": 1, "alice": 0}}, "none or less for alice given"),
        ({"amounts": {"alice": -1}}, "none or less for alice given"),
        ({"tell": ()}, "tell: nobody given"),
    ],
)
def test_a_budget_of_nothing_or_for_nobody_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        budgets(**given)
